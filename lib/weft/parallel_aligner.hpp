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
#include "weft/model/error.hpp"
#include "weft/model/feature.hpp"
#include "weft/parallel/engine_options.hpp"
#include "weft/parallel/run_report.hpp"
#include "weft/parallel/size_class.hpp"
#include "weft/record/alignment_writer.hpp"
#include "weft/record/feature_reader.hpp"
#include "weft/record/reference_reader.hpp"

namespace weft {

struct ParallelOptions {
    Preset preset = Preset::feature;
    std::optional<EngineOptions> engine{};   // instead of the preset's own options
    int threads = 0;                         // 0: as many as the machine has
    SizeClassTable classes{{
        {1'000, 64, 64'000}, {10'000, 32, 200'000}, {INT64_MAX, 8, 1'000'000}}};
    int batches_per_thread = 4;              // batches in circulation: this bounds memory
    std::int64_t bases_in_flight = 100'000'000;   // and so does this: no more features are read while so many bases are under way
    bool place = true;                       // false: the caller decides between copies by neighbours (select/place_by_neighbours)
    std::int64_t shared_query = 1'000'000;   // a query of at least this many bases is worked on by all threads together

    std::vector<std::string> problems() const;
};

/// Takes a feature and its alignments, in input order. Called from one thread at a time.
using AlignmentSink = std::function<void(const Feature&, const FeatureAlignments&)>;

/// Aligns features to one index. Construction checks the options; the index must outlive the aligner.
/// const members may be called from several threads.
class ParallelAligner {
public:
    /// Throws UsageError that lists every problem of the options.
    ParallelAligner(const Index& index, const ParallelOptions& options = {});
    ~ParallelAligner();

    /// One feature, on the calling thread. It is judged alone: no neighbours decide between its copies.
    FeatureAlignments align(const Feature& feature) const;

    /// Many features: read from `source`, aligned by all threads, handed to `sink` in input order.
    /// `stop`, when given and set by anyone, ends the run with Cancelled. Exceptions of source and sink end the run and are rethrown.
    RunReport align_features(const FeatureSource& source, const AlignmentSink& sink, RunProgress* progress = nullptr,
                             const std::atomic<bool>* stop = nullptr) const;
    RunReport align_features(std::span<const Feature> features, const AlignmentSink& sink) const;

    /// Same, with records encoded by the worker threads and written by `writer` (which the caller closes).
    RunReport align_to_writer(const FeatureSource& source, AlignmentWriter& writer, RunProgress* progress = nullptr,
                              const std::atomic<bool>* stop = nullptr) const;
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
