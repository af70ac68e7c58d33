// The facade of the library: align features to a reference index with all threads, results in input order.
//
//     const weft::Index index = weft::Index::open("genome.weft");
//     weft::ParallelAligner aligner{index, {.preset = weft::Preset::feature, .threads = 8}};
//     for (const weft::Alignment& hit : aligner.align(feature).alignments) ...      // one feature, on this thread
//     weft::RunReport done = aligner.align_features(source, sink);                  // many
//     aligner.align_file("genes.fa", "genes.bam");                                  // files
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "weft/index/index.hpp"
#include "weft/model/alignment.hpp"
#include "weft/model/batch.hpp"
#include "weft/model/feature.hpp"
#include "weft/parallel/engine_options.hpp"
#include "weft/record/alignment_writer.hpp"
#include "weft/record/feature_reader.hpp"
#include "weft/record/reference_reader.hpp"

namespace weft {

/// What one size class looks like. Thresholds and batch sizes change speed and memory, never the answer.
struct SizeClassOptions {
    std::int64_t longest = 0;       // bases; features up to this length belong to the class
    int batch_features = 0;         // a batch is full at this many features ...
    std::int64_t batch_bases = 0;   // ... or at this many bases, whichever comes first
};

/// Counts while a run is under way, for progress displays. Every member may be read at any time from any thread.
struct RunProgress {
    std::atomic<std::uint64_t> features_read{0};
    std::atomic<std::uint64_t> features_written{0};
    std::atomic<std::uint64_t> bases_written{0};
    std::atomic<std::uint64_t> input_bytes_done{0};
    std::atomic<std::uint64_t> input_bytes_total{0};   // 0: unknown
};

struct ParallelOptions {
    Preset preset = Preset::feature;
    std::optional<EngineOptions> engine{};   // instead of the preset's own options
    int threads = 0;                         // 0: as many as the machine has
    std::array<SizeClassOptions, size_classes> classes{{
        {1'000, 64, 64'000}, {10'000, 32, 200'000}, {INT64_MAX, 8, 1'000'000}}};
    int batches_per_thread = 4;              // batches in circulation: this bounds memory
    std::int64_t shared_query = 1'000'000;   // a query of at least this many bases is worked on by all threads together

    std::vector<std::string> problems() const;
};

/// What a run did. Sums over features; independent of threads and batches, except for `seconds`.
struct RunReport {
    std::uint64_t features = 0;
    std::uint64_t aligned = 0;                                    // features with at least one alignment
    std::uint64_t failed = 0;                                     // features the engine gave up on, with a message
    std::uint64_t bases = 0;
    std::uint64_t aligned_bases = 0;                              // query bases of primary alignments
    std::uint64_t alignments = 0;                                 // records of all roles
    std::array<std::uint64_t, size_classes> features_by_class{};
    std::array<std::uint64_t, 6> unaligned_by_reason{};           // by Unaligned
    double seconds = 0;
};

/// Gives the next feature, or false at the end. Called from one thread at a time.
using FeatureSource = std::function<bool(Feature&)>;
/// Takes a feature and its alignments, in input order. Called from one thread at a time.
using AlignmentSink = std::function<void(const Feature&, const FeatureAlignments&)>;

/// Aligns features to one index. Construction checks the options; the index must outlive the aligner.
/// const members may be called from several threads.
class ParallelAligner {
public:
    /// Throws UsageError that lists every problem of the options.
    ParallelAligner(const Index& index, const ParallelOptions& options = {});
    ~ParallelAligner();

    /// One feature, on the calling thread.
    FeatureAlignments align(const Feature& feature) const;

    /// Many features: read from `source`, aligned by all threads, handed to `sink` in input order.
    /// `stop`, when given and set by anyone, ends the run with Cancelled. Exceptions of source and sink end the run and are rethrown.
    RunReport align_features(const FeatureSource& source, const AlignmentSink& sink, RunProgress* progress = nullptr,
                             const std::atomic<bool>* stop = nullptr) const;
    RunReport align_features(std::span<const Feature> features, const AlignmentSink& sink) const;

    /// Same, with records encoded by the worker threads and written by `writer` (which the caller closes).
    RunReport align_to_writer(FeatureReader& reader, AlignmentWriter& writer, RunProgress* progress = nullptr,
                              const std::atomic<bool>* stop = nullptr) const;

    /// Files: formats of the input by content, of the output by extension.
    RunReport align_file(const std::string& queries, const std::string& output) const;

    const Index& index() const;
    const ParallelOptions& options() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace weft
