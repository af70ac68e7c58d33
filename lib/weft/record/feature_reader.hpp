// Reads features from FASTA, FASTQ, SAM, BAM and CRAM files, plain, gzip or BGZF, told apart by content.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "weft/model/feature.hpp"

namespace weft {

struct InputOptions {
    bool keep_tags = true;     // carry the optional fields of SAM, BAM and CRAM input
    std::string reference{};   // FASTA for CRAM input that needs one; empty: HTSlib's own search
};

/// A stream of features over several files, in order. Not thread-safe.
class FeatureReader {
public:
    /// `paths` in order; "-" is standard input. Opens nothing yet but refuses directories and missing files at once.
    explicit FeatureReader(std::vector<std::string> paths, const InputOptions& options = {});
    ~FeatureReader();

    /// Next feature, or false at the end of the last file. Throws FormatError with file and line (or record number) for
    /// malformed or truncated input, SystemError when the file cannot be read.
    /// Of SAM/BAM/CRAM, secondary and supplementary records are passed over, reverse-strand records are turned back to the
    /// direction of the read, and mates get /1 and /2 behind their name.
    bool read(Feature& feature);

    /// After `read` has thrown FormatError for one record: goes on to the next one. False where the format does not tell where that
    /// begins (SAM, BAM, CRAM), or where the file itself could not be opened. Throws when the file cannot be read any further.
    bool skip_record();

    /// Lines of all inputs' @RG header records, without duplicates, ahead of reading them: an output needs its header first.
    /// Looks into every file (a pipe is opened and kept for its turn), so a file in the wrong format is also known before the
    /// work starts. Throws as `read` does, and FormatError when two files define one read group differently.
    const std::vector<std::string>& collect_read_groups();

    /// Compressed bytes consumed and their total over all files, for progress; total is 0 when an input is a pipe.
    std::uint64_t bytes_done() const;
    std::uint64_t bytes_total() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace weft
