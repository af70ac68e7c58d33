// Writes differences of features from the reference as VCF: plain, or BGZF with its index beside it.
//
// One line per alternative. The file and its index appear when both are complete, and hold nothing but what was given: no date, no
// command, no path.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "weft/model/reference.hpp"

namespace weft {

/// One difference, with the letters as VCF has them: an insertion or deletion keeps the base in front of it (at the very begin of a
/// contig the base behind).
struct VariantRecord {
    std::size_t contig = 0;       // rank in the header
    std::int64_t position = 0;    // 0-based, of the first letter of `reference`
    std::string reference{};      // A, C, G, T or N
    std::string alternative{};
    std::int64_t depth = 0;       // DP: features aligned over the position
    std::int64_t support = 0;     // the second value of AD: features that have the alternative
    std::vector<std::string> names{};   // NAMES: some of these features
};

/// One VCF file. Not thread-safe.
class VariantWriter {
public:
    /// A path that ends in .gz is written as BGZF with an index: .tbi, or .csi where a contig is longer than 2^29 bases. "-" is standard
    /// output, plain. Throws SystemError, and FormatError for a contig name that VCF cannot hold.
    VariantWriter(const std::string& path, const std::vector<ContigRecord>& contigs);
    ~VariantWriter();   // without `close`: there is no file

    /// Records must come by contig, then by position. Throws SystemError.
    void write(const VariantRecord& variant);
    void close();

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace weft
