// Features between the stages: a FASTA or FASTQ that any tool reads, and beside it a table of where its blocks begin.
//
// The table is what makes chunks cheap: a task opens the file at its block and reads no other, and a block is known by a digest of its
// content, so that a chunk which was aligned before is recognised whatever stands before or behind it now. Optional fields of SAM, BAM
// and CRAM input travel in the header line behind a tab, as `samtools fastq -T` writes them.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "weft/bytes/digest.hpp"
#include "weft/bytes/output_file.hpp"
#include "weft/model/feature.hpp"

namespace weft {

/// Neighbouring features of a file.
struct FeatureBlock {
    std::uint64_t begin = 0;      // bytes of the file, half-open
    std::uint64_t end = 0;
    std::uint64_t first = 0;      // rank of its first feature
    std::uint64_t features = 0;
    std::int64_t bases = 0;
    std::int64_t longest = 0;     // bases
    Digest digest{};              // of its bytes

    friend bool operator==(const FeatureBlock&, const FeatureBlock&) = default;
};

/// Writes features and notes their blocks. Whether it is FASTA or FASTQ is decided by the first feature that has bases: qualities that
/// only later features have are dropped (`qualities_dropped` counts them).
class FeatureBlockWriter {
public:
    explicit FeatureBlockWriter(const std::string& path);

    /// Throws FormatError, and leaves the feature out, when it has no qualities in a FASTQ, or optional fields that text cannot hold.
    void add(const Feature& feature);

    /// Puts the file in place and returns its blocks. Throws SystemError.
    std::vector<FeatureBlock> close();

    std::uint64_t features() const { return next_ + waiting_.size(); }
    bool with_qualities() const { return with_qualities_; }
    std::int64_t bases() const { return bases_; }
    std::uint64_t qualities_dropped() const { return qualities_dropped_; }

private:
    void append(const std::string& header, const Feature& feature);
    void append_waiting();
    void end_block();

    OutputFile file_;
    std::vector<FeatureBlock> blocks_{};
    std::string text_{};     // of the block that is being filled
    FeatureBlock block_{};
    std::uint64_t next_ = 0;
    std::int64_t bases_ = 0;
    std::uint64_t qualities_dropped_ = 0;
    std::vector<std::string> waiting_{};   // headers of features without bases that came before the first one with bases
    bool with_qualities_ = false;
    bool decided_ = false;   // whether it is FASTA or FASTQ
};

/// Reads the features of neighbouring blocks, from the first to the last. Throws FormatError when the file is not what the writer left.
class FeatureBlockReader {
public:
    FeatureBlockReader(std::string path, const FeatureBlock& first, const FeatureBlock& last);
    ~FeatureBlockReader();

    bool read(Feature& feature);

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// The table of blocks, tab-separated with a head. Reading throws SystemError and FormatError naming the line.
void write_block_table(const std::string& path, const std::vector<FeatureBlock>& blocks);
std::vector<FeatureBlock> read_block_table(const std::string& path);

}  // namespace weft
