// The running core: a fixed set of batches circulates through a oneTBB flow graph.
//
//     idle -> read (serial) -> align (all threads) -> write in input order (serial) -> idle
//
// The number of batches is the back-pressure: memory is bounded without a limiter node. A batch that enters leaves, always;
// the run counts features in and out and fails loudly on a difference.
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>

#include "weft/parallel/align_batch.hpp"
#include "weft/parallel/batch_filler.hpp"

namespace weft {

/// Threads of a run, at most.
inline constexpr int most_threads = 1'024;

struct CirculationOptions {
    int threads = 1;           // 1 to most_threads, the calling thread included
    std::size_t batches = 4;   // at least 1
    FillOptions fill{};
    const std::atomic<bool>* stop = nullptr;   // set by anyone: the run ends with Cancelled
};

/// What is done at each stage. An exception of any of them ends the run.
struct CirculationStages {
    FeatureSource read;                                                      // one thread at a time
    std::function<void(CirculatingBatch&, const ForEach&)> align;            // many threads, each with a batch of its own
    std::function<void(CirculatingBatch&, std::size_t index)> write;         // one thread at a time, features in input order
};

/// Runs the stages until the input ends and everything is written; returns the number of features. Rethrows the first
/// exception of a stage after all threads have left the stages. The hook that `align` gets runs its loop on all threads of
/// this run when the batch holds a query of at least `fill.shared_query` bases, and serially otherwise.
std::uint64_t circulate(const CirculationOptions& options, const CirculationStages& stages);

}  // namespace weft
