// Reads alignments of any aligner back: SAM, BAM, CRAM (plain or compressed) and PAF, told apart by content.
//
// What compares and shows alignments must not care who wrote them, so every format becomes the same plain record: 0-based
// intervals, the query in its own direction, the CIGAR along the forward reference.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "weft/model/alignment.hpp"
#include "weft/model/cigar.hpp"
#include "weft/model/coordinates.hpp"
#include "weft/model/reference.hpp"

namespace weft {

/// One record of an alignment file.
struct AlignmentRecord {
    std::string name{};              // of the query; mates of a pair have /1 and /2 behind it
    bool aligned = false;            // when false, everything about the place is empty
    Role role = Role::primary;
    std::string contig{};
    ReferenceInterval reference{};
    Strand strand = Strand::forward;
    QueryInterval query{};           // on the query as it was given, whatever the strand
    std::int64_t query_length = 0;   // bases of the whole query, hard clips included; 0 when the file does not say
    std::int64_t contig_length = 0;  // bases; 0 when the file does not say
    int mapq = 0;                    // 255: not known
    Cigar cigar{};                   // along the forward reference, without clips; empty when the file has none
    std::optional<std::int64_t> score{};           // AS
    std::optional<std::int64_t> edit_distance{};   // NM
    std::int64_t matches = 0;        // columns 10 and 11 of PAF: equal bases, and all columns of the alignment; 0 in the other formats
    std::int64_t columns = 0;
    std::string sequence{};          // letters of the query in its own direction, as many as the record holds
    std::int64_t sequence_begin = 0; // query position of the first of them
    std::string difference{};        // cs tag, brief or full form; empty when there is none
    std::string reference_letters{}; // MD tag: the reference's letters at mismatches and deletions; empty when there is none
    std::string reason{};            // why it is not aligned, where weft wrote it (zr, ze): "no seed", "failed: message"
};

struct AlignmentReaderOptions {
    bool sequences = false;        // fill `sequence`, `difference` and `reference_letters`, else left empty to save memory
    std::string reference{};       // FASTA for CRAM; empty: HTSlib's own search
};

/// A stream of records in the order of the file. Not thread-safe.
/// PAF has no flags: of the lines of one query the first that is not marked secondary (tp:A:S, tp:A:i) is taken as primary,
/// later ones as supplementary. Lines of one query must be neighbours for that, as aligners write them.
class AlignmentReader {
public:
    /// "-" is standard input. Throws SystemError when the file cannot be opened, FormatError when it is none of these formats.
    explicit AlignmentReader(const std::string& path, const AlignmentReaderOptions& options = {});
    ~AlignmentReader();

    /// From here on `read` gives only aligned records that overlap an interval of a contig; through the file's own index when it has
    /// an up-to-date one, else by reading all. For files at their beginning.
    void restrict_to(const std::string& contig, ReferenceInterval interval);

    /// Next record, or false at the end. Throws FormatError with file and line (or record number) for malformed or truncated input.
    bool read(AlignmentRecord& record);

    /// What the header says of the contigs, in its order and without MD5 sums. PAF has no header and gives none.
    std::vector<ContigRecord> contigs() const;

    /// Whether the header calls the records sorted by place (SO:coordinate), so that those of one query lie apart. Never for PAF.
    bool sorted_by_place() const;

    /// Whether the file marks which record of a query is primary, as SAM, BAM and CRAM do.
    bool roles_marked() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace weft
