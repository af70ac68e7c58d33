// An open SAM, BAM or CRAM file, record by record, with complaints that say where. Internal to record/.
//
// What is made of the records is up to the readers: features (sam_reader) or alignments (alignment_reader). What they share
// is here: the end marker that a whole file must have, and what HTSlib's codes mean.
#pragma once

#include <cstdint>
#include <string>

#include "weft/bytes/hts_handle.hpp"
#include "weft/bytes/input_file.hpp"
#include "weft/model/coordinates.hpp"

namespace weft {

/// What is wanted of the records. It matters for CRAM only, where everything has to be decoded and some of it needs the reference.
struct SamFileOptions {
    std::string reference{};      // FASTA for CRAM; empty: HTSlib's own search
    bool sequences = true;        // letters and qualities
    bool edit_tags = false;       // NM and MD, computed where the file leaves them out
};

/// Whether an input that was not read yet holds SAM, BAM or CRAM, by its content.
bool holds_alignments(const InputFile& file);

/// Records of one file, front to back. Not thread-safe.
class SamFile {
public:
    /// Takes over an input for which `holds_alignments` is true and reads its header. Throws FormatError for a damaged header
    /// or, where that can be known already, a missing end marker.
    SamFile(InputFile file, const SamFileOptions& options);

    /// From here on `next` gives only records that overlap bases of a contig, found through the file's own index (.csi, .bai, .crai
    /// beside it). Returns false, and changes nothing, when there is none, it is older
    /// than the file, or the header does not have the contig. Throws FormatError for a damaged index.
    bool seek(const std::string& contig, ReferenceInterval interval);

    /// Moves to the next record, or returns false at the end. Throws FormatError with line or record number, SystemError.
    bool next();

    /// The current record; valid until the next call of `next`.
    bam1_t& record() { return *record_; }
    const bam1_t& record() const { return *record_; }
    sam_hdr_t& header() const { return *header_; }

    /// QNAME of the current record, with /1 or /2 behind it for the mates of a pair.
    void copy_name(std::string& name) const;

    /// SEQ of the current record in the direction of the read, upper case; empty for "*". Throws FormatError for '=' in place of bases.
    void copy_sequence(std::string& sequence) const;

    /// "file:line" or "file: record N" of the current record.
    std::string where() const;

    /// Bytes of the file consumed so far.
    std::uint64_t bytes_done() const;

private:
    void check_end() const;
    [[noreturn]] void refuse_record(int code) const;

    std::string name_;
    bool regular_;
    HtsFile file_{};
    hFILE* stream_ = nullptr;   // inside file_
    SamHeader header_{};
    HtsIndex index_{};
    HtsIterator iterator_{};    // set by `seek`
    BamRecord record_;
    std::uint64_t records_ = 0;   // read so far
};

}  // namespace weft
