// What a run did, and what it has done so far.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

#include "weft/model/alignment.hpp"
#include "weft/model/batch.hpp"

namespace weft {

/// Counts while a run is under way, for progress displays. Every member may be read at any time from any thread.
struct RunProgress {
    std::atomic<std::uint64_t> features_read{0};
    std::atomic<std::uint64_t> features_written{0};
    std::atomic<std::uint64_t> bases_written{0};
    std::atomic<std::uint64_t> input_bytes_done{0};
    std::atomic<std::uint64_t> input_bytes_total{0};   // 0: unknown
};

/// A feature the engine gave up on.
struct FailedFeature {
    std::uint64_t number = 0;   // rank in the input, from 0
    std::string name{};
    std::string message{};
};

/// What a run did. Sums over features; independent of threads and batches, except for the seconds.
struct RunReport {
    std::uint64_t features = 0;
    std::uint64_t aligned = 0;                                 // features with at least one alignment
    std::uint64_t failed = 0;                                  // features the engine gave up on, with a message
    std::uint64_t bases = 0;
    std::uint64_t aligned_bases = 0;                           // query bases of primary and supplementary alignments
    std::uint64_t alignments = 0;                              // records of all roles
    std::array<std::uint64_t, size_classes> features_by_class{};
    std::array<std::uint64_t, size_classes> bases_by_class{};
    std::array<double, size_classes> seconds_by_class{};       // that threads spent aligning; not the same in every run
    std::array<std::uint64_t, 6> unaligned_by_reason{};        // by Unaligned
    std::vector<FailedFeature> failures{};                     // in input order
    double seconds = 0;                                        // wall time
};

/// Counts of one batch.
RunReport count(const Batch& batch);

/// Adds the counts of `part`, whose failures are put in their place by number; seconds stay.
void merge(RunReport& total, const RunReport& part);

}  // namespace weft
