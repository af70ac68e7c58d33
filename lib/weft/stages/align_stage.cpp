// align: features to a reference. The index is made once and kept; chunks of features are tasks of their own, kept as well; joining
// them decides what only the input order can decide and writes one file, the same whatever the chunks were.
#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <optional>

#include <fmt/format.h>

#include "weft/bytes/mapped_file.hpp"
#include "weft/bytes/this_machine.hpp"
#include "weft/index/index_beside.hpp"
#include "weft/model/error.hpp"
#include "weft/parallel/index_output.hpp"
#include "weft/record/reference_reader.hpp"
#include "weft/select/place_by_neighbours.hpp"
#include "weft/stages/align_chunk.hpp"
#include "weft/stages/align_in_workers.hpp"
#include "weft/stages/alignment_archive.hpp"
#include "weft/stages/engine_settings.hpp"
#include "weft/stages/output_formats.hpp"
#include "weft/stages/reference_index.hpp"
#include "weft/stages/skipped_items.hpp"
#include "weft/stages/stage_factories.hpp"

namespace weft {
namespace {

constexpr std::int64_t shared_query = 1'000'000;   // bases; a chunk with such a feature gets all threads
constexpr std::int64_t most_chunks = 2'000;
constexpr std::int64_t process_share = 4;          // usual chunks that a process gets: its start costs as much as half of one

struct AlignMemory final : StageMemory {
    std::vector<FeatureBlock> blocks{};
    std::vector<Chunk> chunks{};
    std::vector<std::string> archives{};          // by chunk; filled by the sub-tasks
    std::uint64_t features = 0;
    std::atomic<std::uint64_t> done{0};
    std::optional<OpenedIndex> opened{};
    std::optional<DeathToll> lost{};           // at which processes died
    std::optional<ParallelAligner> one_thread{};
    std::optional<ParallelAligner> all_threads{};
};

class AlignStage final : public Stage {
public:
    AlignStage(const Pipeline& pipeline, const StageConfig& config)
        : config_(config), engine_(engine_options_of(config.settings, config.name)), format_(alignment_format(pipeline, config).value_or(OutputFormat::bam)) {
        const Settings& settings = config.settings;
        output_ = {.format = format_,
                   .extended_cigar = settings.get<bool>("eqx"),
                   .md = settings.get<bool>("md"),
                   .paf_cigar = true,
                   .soft_clip_supplementary = settings.get<bool>("soft_clip_supplementary"),
                   .paf_no_hit = true,
                   .sort = settings.get<bool>("sort")};
        const std::string& cs = settings.get<std::string>("cs");
        output_.cs = cs == "brief" ? CsTag::brief : cs == "full" ? CsTag::full : CsTag::none;
        if (const auto* group = settings.get_if<std::string>("read_group")) output_.read_group = *group;
        if (output_.sort && format_ != OutputFormat::bam && format_ != OutputFormat::cram)
            throw UsageError{{fmt::format("stage '{}'", config.name), fmt::format("`sort` is for BAM and CRAM, its format is {}", word_of(format_)),
                              "leave one of the two out"}};
    }

    std::vector<std::pair<std::string, std::string>> files() const override {
        const std::string file = fmt::format("alignments.{}", word_of(format_));
        std::vector<std::pair<std::string, std::string>> files{{"alignments", file}, {std::string(word_of(format_)), file}};
        for (const char* suffix : {".bai", ".csi", ".crai"}) files.emplace_back("index", file + suffix);
        files.emplace_back("failures", std::string(skipped_items_file));
        return files;
    }

    StageKey key(const StageInputs& inputs, InputDigests&) const override {
        StageKey key;
        key.parameters = parameters_of(engine_);
        key.parameters["output.format"] = std::string(word_of(format_));
        key.parameters["output.eqx"] = output_.extended_cigar;
        key.parameters["output.md"] = output_.md;
        key.parameters["output.cs"] = config_.settings.get<std::string>("cs");
        key.parameters["output.sort"] = output_.sort;
        key.parameters["output.soft_clip_supplementary"] = output_.soft_clip_supplementary;
        key.parameters["output.read_group"] = output_.read_group;
        key.add("features", features_of(inputs).digest);
        key.add("target", target_of(inputs).digest);
        if (const StageOutput* const groups = read_groups_of(inputs)) key.add("read_groups", groups->digest);
        return key;
    }

    bool needs_program() const override { return in_processes(); }

    std::int64_t usual_memory() const override { return 150'000'000; }

    void run(StageRun& run) const override {
        auto memory = std::make_unique<AlignMemory>();
        memory->blocks = read_block_table(run.inputs.get("blocks", "a stage 'parse' must stand before it").path);
        std::int64_t bases = 0;
        for (const FeatureBlock& block : memory->blocks) {
            memory->features += block.features;
            bases += block.bases;
        }
        memory->chunks = cut_chunks(memory->blocks, chunk_size(bases));
        memory->archives.resize(memory->chunks.size());
        run.memory = std::move(memory);
        // The index first, with all threads; then the chunks, each with as many as the stage is given.
        run.task->spawn("index", [this, &run](TaskContext& task) { open_index(run, task); }, with_all_threads(run));
    }

    void finish(StageRun& run) const override {
        AlignMemory& memory = memory_of(run);
        memory.one_thread.reset();   // their working memory is as large as all that follows needs
        memory.all_threads.reset();
        give_back_memory();
        const std::string path = run / fmt::format("alignments.{}", word_of(format_));
        OutputHeader header = header_of(memory.opened->index);
        if (const StageOutput* const groups = read_groups_of(run.inputs)) {
            std::ifstream lines(groups->path);
            for (std::string line; std::getline(lines, line);) header.read_groups.push_back(line);
        }
        AlignmentWriter writer(path, output_, header, letters_of(memory.opened->index));
        NeighbourPlacer placer(engine_.select);
        std::vector<SkippedItem> failed;
        EncodedRecords records;
        Feature feature;
        FeatureAlignments result;
        std::uint64_t aligned = 0;
        std::uint64_t joined = 0;
        for (std::size_t i = 0; i < memory.chunks.size(); ++i) {
            run.task->cancel().throw_if_requested();
            FeatureBlockReader features = features_of_chunk(run, memory.chunks[i]);
            const MappedFile file = MappedFile::open(memory.archives[i]);
            ArchiveReader archive({reinterpret_cast<const char*>(file.bytes().data()), file.size()}, memory.archives[i]);
            while (features.read(feature)) {
                if (!archive.read(result)) throw FormatError{{memory.archives[i], "ends too early", "run again with --fresh"}};
                if (engine_.select.neighbours) placer.place(result);
                writer.encode({&feature, 1}, {&result, 1}, records);
                writer.write(records, 0);
                aligned += result.aligned();
                ++joined;
                if (result.unaligned == Unaligned::failed) failed.push_back({feature.name, result.message, ""});
            }
        }
        if (joined != memory.features) throw std::logic_error("a feature that entered the chunks did not leave them");
        writer.close(run.task->cancel().flag());
        write_skipped_items(run / skipped_items_file, failed);
        run.task->log(fmt::format("{} of {} features aligned, {} failed", aligned, joined, failed.size()));
    }

private:
    static Demand with_all_threads(const StageRun& run) {
        Demand demand = run.demand;
        demand.cpu = run.shop.threads;
        return demand;
    }

    static AlignMemory& memory_of(const StageRun& run) { return static_cast<AlignMemory&>(*run.memory); }

    static const StageOutput& features_of(const StageInputs& inputs) { return inputs.get("features", "a stage 'parse' must stand before it"); }

    /// @RG lines of the features; null when they have none, whatever other stages may call by that name.
    static const StageOutput* read_groups_of(const StageInputs& inputs) {
        const auto folder_of = [](const StageOutput& output) { return std::filesystem::path(output.path).parent_path(); };
        const StageOutput* const groups = inputs.find("read_groups");
        return groups != nullptr && folder_of(*groups) == folder_of(features_of(inputs)) ? groups : nullptr;
    }

    const StageOutput& target_of(const StageInputs& inputs) const { return target_input(inputs, config_); }

    ChunkSize chunk_size(std::int64_t bases) const {
        if (const auto* features = config_.settings.get_if<std::int64_t>("chunk"))
            return {.bases = std::numeric_limits<std::int64_t>::max(), .features = static_cast<std::uint64_t>(*features)};
        const std::string& word = config_.settings.get<std::string>("chunk");
        if (word == "small") return {.bases = 1, .features = 1};   // one block each
        if (word == "large") return {.bases = 10'000'000, .features = 20'000};
        const ChunkSize usual;
        const std::int64_t share = in_processes() ? process_share : 1;
        return {.bases = std::max(usual.bases * share, bases / most_chunks), .features = usual.features * static_cast<std::uint64_t>(share)};
    }

    FeatureBlockReader features_of_chunk(const StageRun& run, const Chunk& chunk) const {
        const AlignMemory& memory = memory_of(run);
        return {features_of(run.inputs).path, memory.blocks[chunk.first_block], memory.blocks[chunk.last_block]};
    }

    void open_index(StageRun& run, TaskContext& task) const {
        AlignMemory& memory = memory_of(run);
        memory.opened.emplace(open_reference_index(run, target_of(run.inputs), engine_, task));
        if (in_processes()) {
            memory.lost.emplace(memory.features);
        } else {
            ParallelOptions options{.engine = engine_, .threads = own_threads(), .place = false, .shared_query = shared_query};
            memory.one_thread.emplace(memory.opened->index, options);
            options.threads = run.shop.threads;
            memory.all_threads.emplace(memory.opened->index, options);
        }
        for (std::size_t i = 0; i < memory.chunks.size(); ++i) {
            const auto work = [this, &run, i](TaskContext& context) { align(run, context, i); };
            const std::string name = fmt::format("chunk {}", i + 1);
            if (memory.chunks[i].longest >= shared_query) task.spawn(name, work, with_all_threads(run));
            else task.spawn(name, work);
        }
    }

    void align(StageRun& run, TaskContext& task, std::size_t i) const {
        AlignMemory& memory = memory_of(run);
        const Chunk& chunk = memory.chunks[i];
        PartKey key{.kind = "align-chunk", .version = std::to_string(config_.kind_version)};
        key.key.parameters = parameters_of(engine_);
        for (std::size_t block = chunk.first_block; block <= chunk.last_block; ++block) key.key.add("features", memory.blocks[block].digest);
        key.key.add("target", target_of(run.inputs).digest);
        std::uint64_t told = 0;
        const auto tell = [&](std::uint64_t done) {
            const std::uint64_t all = memory.done.fetch_add(done - told) + done - told;
            told = done;
            task.task_progress(all, memory.features);
        };
        const std::string folder = run.part(fmt::format("chunk {}", i + 1), key, task, [&](const ResultDraft& draft) {
            const FeatureRange range{.file = features_of(run.inputs).path, .first = memory.blocks[chunk.first_block],
                                     .last = memory.blocks[chunk.last_block], .features = chunk.features};
            const bool shared = chunk.longest >= shared_query;
            if (in_processes()) {
                AlignJob job;
                job.threads = shared ? run.shop.threads : own_threads();
                job.features = range;
                job.archive = draft / "alignments";
                return align_apart(run, task, i, std::move(job), tell);
            }
            const ParallelAligner& aligner = shared ? *memory.all_threads : *memory.one_thread;
            run.shop.throughput.add(align_chunk(aligner, range, draft / "alignments", task.cancel().flag(), tell));
        });
        if (told < chunk.features) tell(chunk.features);   // it was there already
        memory.archives[i] = folder + "/alignments";
    }

    /// A chunk in processes of its own: one, unless it dies.
    void align_apart(StageRun& run, TaskContext& task, std::size_t i, AlignJob job, const std::function<void(std::uint64_t)>& tell) const {
        AlignMemory& memory = memory_of(run);
        job.index = memory.opened->path;
        job.reference = memory.opened->index.source();
        job.engine = engine_;
        align_in_workers(job, {.program = run.shop.program,
                               .folder = fmt::format("{}/chunk {}", run.scratch, i + 1),
                               .cancel = task.cancel(),
                               .lost = *memory.lost,
                               .log = [&](const std::string& text) { task.log(fmt::format("chunk {}: {}", i + 1, text)); },
                               .ended = [&](const RunReport& report) { run.shop.throughput.add(report); },
                               .told = tell});
    }

    bool in_processes() const { return config_.settings.get<std::string>("isolation") == "process"; }
    int own_threads() const { return static_cast<int>(config_.settings.get<std::int64_t>("cpu")); }

    StageConfig config_;
    EngineOptions engine_;
    OutputFormat format_;
    OutputOptions output_{};
};

}  // namespace

StageKind align_kind() {
    using namespace value_kind;
    std::vector<KeySpec> keys = engine_keys();
    keys.push_back({.name = "target", .kind = text(), .help = "the input to align to; without it target, or reference where there is none"});
    keys.push_back({.name = "format", .kind = choice({"auto", "bam", "sam", "cram", "paf"}), .help = "of the alignments; auto: the one that is asked for",
                    .default_value = "auto"});
    keys.push_back({.name = "sort", .kind = boolean(), .help = "by coordinate, with an index", .default_value = "false"});
    keys.push_back({.name = "eqx", .kind = boolean(), .help = "= and X instead of M", .default_value = "false"});
    keys.push_back({.name = "md", .kind = boolean(), .help = "MD tag", .default_value = "false"});
    keys.push_back({.name = "cs", .kind = choice({"none", "brief", "full"}), .help = "cs tag", .default_value = "none"});
    keys.push_back({.name = "soft_clip_supplementary", .kind = boolean(), .help = "soft clips in supplementary records", .default_value = "false"});
    keys.push_back({.name = "read_group", .kind = text(), .help = "@RG line"});
    std::vector<std::string> outputs = alignment_outputs();
    outputs.emplace_back("failures");
    return {.name = "align", .version = 1, .help = "features to a reference", .keys = std::move(keys), .outputs = std::move(outputs)};
}

std::unique_ptr<Stage> make_align_stage(const Pipeline& pipeline, const StageConfig& config) { return std::make_unique<AlignStage>(pipeline, config); }

}  // namespace weft
