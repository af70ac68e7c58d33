// A chunk of features aligned by processes of its own, so that a crash costs the feature at which it happened and nothing else.
//
// Which feature it was is not to be learned from a process that is gone. So the range that it had is halved, again and again, until what
// dies is a single feature: log2(n) deaths for one such feature among n, and all others get the answer that a thread would have given.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>

#include "weft/executor/cancellation.hpp"
#include "weft/stages/align_job.hpp"

namespace weft {

/// Features of a stage at which workers died. Thread-safe.
///
/// One in a hundred is accepted, and ten in any case. Each costs up to 2 log2(n) starts of a process and its neighbours' work twice; and
/// where more of them die it is not the features that are at fault but the program or the machine, and a result that lacks a good part
/// of its features is worth less than a clear word.
class DeathToll {
public:
    explicit DeathToll(std::uint64_t features) : features_(features), most_(10 + features / 100) {}

    /// One more. Throws ProcessKilled, with the signal that it was, when that is too many.
    void add(const std::string& how, int signal);

private:
    std::uint64_t features_;
    std::uint64_t most_;
    std::atomic<std::uint64_t> lost_{0};
};

/// What a chunk's workers have around them.
struct Workers {
    std::string program{};                                // weft
    std::string folder{};                                 // for what goes to and fro; made and emptied for each worker
    CancellationToken cancel{};
    DeathToll& lost;
    std::function<void(const std::string&)> log{};
    std::function<void(const RunReport&)> ended{};        // told of each worker that came to its end, with the counts by size class
    std::function<void(std::uint64_t)> told{};            // of features done so far
};

/// Writes the archive of a job. Features at which workers died twice are in it as Unaligned::failed, with the signal in the message.
/// `job.features.features` must be their number. Throws what a worker failed with (SystemError, UsageError, Error), ProcessOutOfMemory
/// when one had no memory left, ProcessKilled when they die without end, and Cancelled; workers are gone then.
void align_in_workers(const AlignJob& job, const Workers& workers);

}  // namespace weft
