#include "weft/parallel_aligner.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include <fmt/format.h>

#include "weft/bytes/this_machine.hpp"
#include "weft/model/error.hpp"
#include "weft/parallel/circulation.hpp"
#include "weft/parallel/index_output.hpp"
#include "weft/parallel/scratch_pool.hpp"
#include "weft/select/place_by_neighbours.hpp"

namespace weft {
namespace {

constexpr int most_batches_per_thread = 1'000;

/// Options that are complete and valid, or a UsageError with every problem.
ParallelOptions checked(ParallelOptions options) {
    const std::vector<std::string> problems = options.problems();
    if (!problems.empty()) throw UsageError{{"", fmt::format("{}", fmt::join(problems, "; ")), ""}};
    if (options.threads == 0) options.threads = available_threads();
    if (!options.engine) options.engine = options_of(options.preset);
    return options;
}

CirculationOptions circulation_options(const ParallelOptions& options, const std::atomic<bool>* stop) {
    CirculationOptions result;
    result.threads = options.threads;
    // One batch per size class may be open at the reader while all threads have their share.
    result.batches = size_classes + static_cast<std::size_t>(options.batches_per_thread) * static_cast<std::size_t>(options.threads);
    result.fill = {.classes = options.classes,
                   .shared_query = options.shared_query,
                   .bases_in_flight = options.bases_in_flight,
                   .send_after = std::max<std::size_t>(1, result.batches / 4)};
    result.stop = stop;
    return result;
}

}  // namespace

std::vector<std::string> ParallelOptions::problems() const {
    std::vector<std::string> found = weft::problems(classes);
    if (threads < 0 || threads > most_threads) found.push_back(fmt::format("threads is {}; give 0 (all) to {}", threads, most_threads));
    if (batches_per_thread < 1 || batches_per_thread > most_batches_per_thread)
        found.push_back(fmt::format("batches per thread is {}; give 1 to {}", batches_per_thread, most_batches_per_thread));
    if (bases_in_flight < 1) found.push_back(fmt::format("bases in flight is {}; give at least 1", bases_in_flight));
    if (shared_query < 1) found.push_back(fmt::format("shared query is {} bases; give at least 1", shared_query));
    if (engine) {
        const std::vector<std::string> engine_problems = engine->problems();
        found.insert(found.end(), engine_problems.begin(), engine_problems.end());
    }
    return found;
}

struct ParallelAligner::State {
    State(const Index& the_index, const ParallelOptions& given)
        : index(the_index), options(checked(given)), engine(the_index, *options.engine) {}

    /// What is done with a feature in input order; `moved` when neighbouring features have changed its place since the batch was finished.
    using Write = std::function<void(const CirculatingBatch&, std::size_t index, bool moved)>;

    /// One run: what is done with a batch after its alignment, and with each feature in input order, is the caller's.
    RunReport run(const FeatureSource& source, const std::function<void(CirculatingBatch&)>& finish_batch,
                  const Write& write, RunProgress* progress,
                  const std::atomic<bool>* stop) {
        const auto start = std::chrono::steady_clock::now();
        RunReport report;
        CirculationStages stages;
        stages.read = [&](Feature& feature) {
            const bool any = source(feature);
            if (any && progress != nullptr) progress->features_read.fetch_add(1, std::memory_order_relaxed);
            return any;
        };
        stages.align = [&](CirculatingBatch& batch, const ForEach& for_each) {
            const ScratchPool::Loan scratch = scratches.lend();
            const auto begin = std::chrono::steady_clock::now();
            engine.align(batch.features, batch.results, *scratch, for_each);
            batch.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
            finish_batch(batch);
        };
        NeighbourPlacer neighbours{options.engine->select};
        stages.write = [&](CirculatingBatch& batch, std::size_t i) {
            const bool moved = options.place && options.engine->select.neighbours && neighbours.place(batch.results[i]);
            write(batch, i, moved);
            if (i + 1 == batch.features.size()) merge(report, count(batch));
            if (progress == nullptr) return;
            progress->features_written.fetch_add(1, std::memory_order_relaxed);
            progress->bases_written.fetch_add(batch.features[i].sequence.size(), std::memory_order_relaxed);
        };
        circulate(circulation_options(options, stop), stages);
        report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        return report;
    }

    const Index& index;
    ParallelOptions options;
    Engine engine;
    ScratchPool scratches{};
};

ParallelAligner::ParallelAligner(const Index& index, const ParallelOptions& options) : state_(std::make_unique<State>(index, options)) {}

ParallelAligner::~ParallelAligner() = default;

FeatureAlignments ParallelAligner::align(const Feature& feature) const {
    FeatureAlignments result;
    const ScratchPool::Loan scratch = state_->scratches.lend();
    state_->engine.align({&feature, 1}, {&result, 1}, *scratch);
    return result;
}

RunReport ParallelAligner::align_features(const FeatureSource& source, const AlignmentSink& sink, RunProgress* progress,
                                          const std::atomic<bool>* stop) const {
    return state_->run(
        source, [](CirculatingBatch&) {},
        [&](const CirculatingBatch& batch, std::size_t i, bool) { sink(batch.features[i], batch.results[i]); }, progress, stop);
}

RunReport ParallelAligner::align_features(std::span<const Feature> features, const AlignmentSink& sink) const {
    const FeatureSource source = [features](Feature& feature) mutable {
        if (features.empty()) return false;
        feature = features.front();
        features = features.subspan(1);
        return true;
    };
    return align_features(source, sink);
}

RunReport ParallelAligner::align_to_writer(const FeatureSource& source, AlignmentWriter& writer, RunProgress* progress,
                                           const std::atomic<bool>* stop) const {
    EncodedRecords again;   // of a feature that was moved after its batch was encoded
    const auto write = [&](const CirculatingBatch& batch, std::size_t i, bool moved) {
        if (!moved) return writer.write(batch.records, i);
        writer.encode({&batch.features[i], 1}, {&batch.results[i], 1}, again);
        writer.write(again, 0);
    };
    return state_->run(
        source, [&](CirculatingBatch& batch) { writer.encode(batch.features, batch.results, batch.records); }, write, progress, stop);
}

RunReport ParallelAligner::align_to_writer(FeatureReader& reader, AlignmentWriter& writer, RunProgress* progress,
                                           const std::atomic<bool>* stop) const {
    const FeatureSource source = [&](Feature& feature) {
        const bool any = reader.read(feature);
        if (progress != nullptr) {
            progress->input_bytes_done.store(reader.bytes_done(), std::memory_order_relaxed);
            progress->input_bytes_total.store(reader.bytes_total(), std::memory_order_relaxed);
        }
        return any;
    };
    return align_to_writer(source, writer, progress, stop);
}

RunReport ParallelAligner::align_file(const std::string& queries, const std::string& output) const {
    const std::optional<OutputFormat> format = format_of_path(output);
    if (!format) throw UsageError{{output, "the extension names no output format", "use .sam, .bam, .cram or .paf"}};
    FeatureReader reader{{queries}};
    OutputHeader header = header_of(index());
    header.read_groups = reader.collect_read_groups();
    AlignmentWriter writer{output, {.format = *format, .paf_cigar = true}, header, letters_of(index())};
    const RunReport report = align_to_writer(reader, writer);
    writer.close();
    return report;
}

const Index& ParallelAligner::index() const { return state_->index; }

const ParallelOptions& ParallelAligner::options() const { return state_->options; }

}  // namespace weft
