// One chunk of features through the engine, into an archive: the unit of work that is scheduled, kept and done again.
#pragma once

#include <atomic>
#include <functional>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "weft/parallel_aligner.hpp"
#include "weft/stages/feature_blocks.hpp"

namespace weft {

/// Neighbouring blocks that one task aligns.
struct Chunk {
    std::size_t first_block = 0;
    std::size_t last_block = 0;      // included
    std::uint64_t features = 0;
    std::int64_t bases = 0;
    std::int64_t longest = 0;
};

/// How large chunks are; a chunk ends when it reaches one of these. At least one block each.
struct ChunkSize {
    std::int64_t bases = 2'000'000;
    std::uint64_t features = 4'000;
};

/// Cuts blocks into chunks from the front: what is appended to the features later leaves the chunks before as they were.
std::vector<Chunk> cut_chunks(std::span<const FeatureBlock> blocks, const ChunkSize& size);

/// Features that stand side by side in a file: those of blocks, or a range of them.
struct FeatureRange {
    std::string file{};
    FeatureBlock first{};
    FeatureBlock last{};             // included
    std::uint64_t skipped = 0;       // features of the blocks before the range
    std::uint64_t features = std::numeric_limits<std::uint64_t>::max();   // in it; fewer where the blocks end before
};

/// Aligns a range of features and writes their archive to `target`. `told` is called with the number of features done. `stop`, when set
/// by anyone, ends it with Cancelled.
RunReport align_chunk(const ParallelAligner& aligner, const FeatureRange& range, const std::string& target, const std::atomic<bool>* stop,
                      const std::function<void(std::uint64_t)>& told);

}  // namespace weft
