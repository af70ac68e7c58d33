// Copies some records of an alignment file, every byte of them as it was: tags, qualities and whatever other programs have written.
#pragma once

#include <memory>
#include <string>

#include "weft/record/alignment_writer.hpp"

namespace weft {

/// Records one by one, front to back, in step with an AlignmentReader of the same file. Not thread-safe.
class AlignmentCopy {
public:
    /// `format` is sam or bam for SAM, BAM and CRAM input, and paf for PAF input; else UsageError. `reference` is a FASTA for CRAM, empty
    /// for HTSlib's own search. The output appears on `close`.
    AlignmentCopy(const std::string& input, const std::string& reference, const std::string& output, OutputFormat format);
    ~AlignmentCopy();

    /// Moves to the next record, or returns false at the end.
    bool next();

    /// Writes the current record.
    void keep();

    /// Puts the output in place, and beside a BAM that is sorted by place its index.
    void close();

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// The format of an alignment file by its content, CRAM and BAM told apart.
OutputFormat format_of_alignments(const std::string& path);

}  // namespace weft
