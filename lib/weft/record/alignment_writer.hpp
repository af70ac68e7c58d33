// Writes alignments as SAM, BAM, CRAM or PAF; sorted and indexed on request.
//
// Turning results into records (`encode`) is separate from writing them (`write`), so that many threads can do the first
// while one does the second.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "weft/model/alignment.hpp"
#include "weft/model/feature.hpp"
#include "weft/model/reference.hpp"

namespace weft {

enum class OutputFormat : std::uint8_t { sam, bam, cram, paf };

/// The format that a file name's extension asks for; nothing for an unknown one.
std::optional<OutputFormat> format_of_path(std::string_view path);

enum class CsTag : std::uint8_t { none, brief, full };   // brief: ":12*ag", full: "=ACGT*ag"

struct OutputOptions {
    OutputFormat format = OutputFormat::sam;
    bool extended_cigar = false;        // --eqx: = and X instead of M
    bool md = false;                    // --MD: MD tag
    CsTag cs = CsTag::none;             // --cs
    bool paf_cigar = false;             // -c: cg tag in PAF
    bool soft_clip_supplementary = false;   // -Y: soft clips and full sequence in supplementary records
    bool secondary_sequence = false;    // --secondary-seq: SEQ and QUAL in secondary records too
    bool copy_comment = false;          // -y: header comments (or kept tags) into the records
    bool paf_no_hit = false;            // --paf-no-hit: a line for a feature without alignment
    bool sam_hit_only = false;          // --sam-hit-only: no SAM, BAM or CRAM record for a feature without alignment
    std::string read_group{};           // -R: an @RG line, "\t" already a tab; its ID becomes the RG tag
    bool sort = false;                  // --sort: by coordinate, with an index (BAM: CSI or BAI, CRAM: CRAI)
    std::int64_t sort_memory = 1'000'000'000;   // bytes kept before sorted runs go to disk (--sort-memory)
    bool csi_index = false;             // --csi: CSI even where a BAI can index the BAM (contigs up to 2^29 bases)
    int compression_level = -1;         // 0 to 9; -1: the format's default
};

/// What the header says besides the options.
struct OutputHeader {
    std::vector<ContigRecord> contigs{};
    std::vector<std::string> read_groups{};   // @RG lines of the input
    std::string program_version{};
    std::string command_line{};               // for @PG CL
};

/// Records of several features, ready to be written in any order of features.
struct EncodedRecords {
    std::string bytes{};                      // all records, in the writer's own form
    std::vector<std::size_t> feature_end{};   // end of each feature's bytes
};

/// One output. `encode` is thread-safe; everything else is for one thread at a time.
class AlignmentWriter {
public:
    /// `path` "-" or empty is standard output. Files are written under a temporary name beside the target and appear on `close`.
    /// `letters` must stay valid until the writer is closed. Throws UsageError for options that contradict each other,
    /// SystemError when the output cannot be created.
    AlignmentWriter(const std::string& path, const OutputOptions& options, const OutputHeader& header, ReferenceLetters letters);
    ~AlignmentWriter();   // without `close`: the temporary file is removed and the target is untouched

    /// Turns results into records, replacing `records`. results[i] belongs to features[i].
    void encode(std::span<const Feature> features, std::span<const FeatureAlignments> results, EncodedRecords& records) const;

    /// Writes the records of feature `index` of an encoded batch. Features must come in input order.
    void write(const EncodedRecords& records, std::size_t index);

    /// Sorts if asked, writes what is left and the index, checks every byte, renames into place. Once; nothing else after it.
    /// `stop`, when given and set by anyone, ends a long sort with Cancelled.
    void close(const std::atomic<bool>* stop = nullptr);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace weft
