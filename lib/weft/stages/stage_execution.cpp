#include "weft/stages/stage_execution.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <utility>

#include <fmt/format.h>

#include "weft/executor/export_file.hpp"
#include "weft/executor/file_steps.hpp"
#include "weft/executor/manifest.hpp"
#include "weft/executor/this_process.hpp"
#include "weft/model/error.hpp"
#include "weft/stages/skipped_items.hpp"

namespace weft {
namespace {

namespace fs = std::filesystem;

/// One attempt to make a result; shared by the task's function and what it does afterwards.
struct Making {
    StageRun run;
    std::optional<ResultDraft> draft;
    ContentKey key;
    std::chrono::steady_clock::time_point start;

    Making(StageRun the_run, ResultDraft the_draft, ContentKey the_key)
        : run(std::move(the_run)), draft(std::move(the_draft)), key(std::move(the_key)), start(std::chrono::steady_clock::now()) {}
    Making(const Making&) = delete;
    Making& operator=(const Making&) = delete;
    ~Making() {
        std::error_code ignored;
        fs::remove_all(run.scratch, ignored);
    }
};

/// The files of one output: itself, or what the folder of this name holds.
std::vector<const StoredFile*> files_of(const Manifest& manifest, const std::string& name) {
    std::vector<const StoredFile*> found;
    for (const StoredFile& file : manifest.files)
        if (file.name == name || file.name.starts_with(name + "/")) found.push_back(&file);
    return found;
}

Digest digest_of_files(const std::vector<const StoredFile*>& files, const std::string& name) {
    if (files.size() == 1 && files.front()->name == name) return files.front()->digest;
    std::string text;
    for (const StoredFile* file : files) text += file->name + "\t" + file->digest.hex() + "\n";
    return digest_of(text);
}

}  // namespace

std::vector<ReadyStage> ready_stages(const Pipeline& pipeline) {
    std::vector<ReadyStage> stages;
    ProblemList problems;
    for (const StageConfig& config : pipeline.stages) {
        for (const auto& [output, file] : published_files(pipeline, config))
            if (fs::path(file).lexically_normal() == skipped_items_file)
                problems.add({.file = config.file,
                              .position = config.position,
                              .message = fmt::format("stage '{}' publishes '{}', which is the run's own list; give another name", config.base, file),
                              .code = std::string(problem_code::two_writers)});
        try {
            stages.push_back({&config, make_stage(pipeline, config)});
        } catch (const UsageError& error) {
            problems.add({.file = config.file,
                          .position = config.position,
                          .message = fmt::format("stage '{}': {}{}{}", config.base, error.problem(), error.advice().empty() ? "" : "; ", error.advice()),
                          .code = std::string(problem_code::value)});
        }
    }
    if (problems.has_errors()) throw ConfigError(problems.sorted());
    return stages;
}

TextMap published_files(const Pipeline& pipeline, const StageConfig& stage) {
    TextMap files;
    if (const auto* publish = stage.settings.get_if<TextMap>("publish")) files = *publish;
    const auto add = [&](const std::string& output, const std::string& file) {
        const auto same = [&](const auto& known) { return known.first == output; };
        if (std::none_of(files.begin(), files.end(), same)) files.emplace_back(output, file);
    };
    if (stage.kind == "run")
        for (const auto& [output, file] : stage.settings.get<TextMap>("outputs")) add(output, file);
    if (stage.kind != "analyze" && stage.kind != "visualize") return files;
    // What every user of these stages wants to see. A second stage of the kind gets a folder of its own.
    const auto same_kind = std::count_if(pipeline.stages.begin(), pipeline.stages.end(), [&](const StageConfig& other) { return other.kind == stage.kind; });
    const std::string prefix = same_kind < 2 ? "" : (stage.key.empty() ? stage.base : stage.base + "/" + stage.key) + "/";
    const TextMap usual = stage.kind == "analyze" ? TextMap{{"tables", "tables"}, {"summary", "summary.json"}, {"variants", "variants"}}
                                                  : TextMap{{"report", "report.html"}, {"graph", "graph"}};
    for (const auto& [output, file] : usual) add(output, prefix + file);
    return files;
}

ContentKey content_key(const ReadyStage& stage, const StageInputs& inputs, InputDigests& digests, std::vector<std::string>* input_names) {
    StageKey key = stage.code->key(inputs, digests);
    if (input_names != nullptr) *input_names = key.input_names;
    return ContentKey({.stage = stage.config->kind, .stage_version = std::to_string(stage.config->kind_version),
                       .parameters = std::move(key.parameters), .inputs = std::move(key.inputs)});
}

StageResult result_in(const ReadyStage& stage, const StoredResult& stored, const StageInputs& inputs, InputDigests& digests) {
    StageResult result{.stage = stage.config->name, .key = stored.key, .folder = stored.folder};
    for (const auto& [output, name] : stage.code->files()) {
        const std::vector<const StoredFile*> files = files_of(stored.manifest, name);
        if (!files.empty()) result.outputs.try_emplace(output, StageOutput{stored.folder + "/" + name, digest_of_files(files, name)});
    }
    for (auto& [output, place] : stage.code->found(inputs, digests)) result.outputs.insert_or_assign(output, std::move(place));
    return result;
}

void execute_stage(const ReadyStage& stage, Workshop& shop, const WorkFolder& work, const std::shared_ptr<StageResults>& results, const Demand& demand,
                   TaskContext& task) {
    static std::atomic<std::uint64_t> scratch_number{0};
    const StageInputs inputs(*stage.config, results);
    std::vector<std::string> input_names;
    const ContentKey key = content_key(stage, inputs, shop.digests, &input_names);

    const bool reusable = stage.code->runs_always().empty() && stage.config->settings.get<bool>("cache");
    if (reusable) {
        if (const std::optional<StoredResult> stored = shop.sound_result(key, task)) {
            StageResult result = result_in(stage, *stored, inputs, shop.digests);
            result.reused = true;
            publish_result(shop.pipeline, *stage.config, result);
            return results->add(std::move(result));
        }
    } else if (shop.store.find(key.digest())) {
        // It is made again because it has to be, not because of a doubt: the old one makes room.
        shop.store.remove(key.digest());
    }

    JournalEntry entry{.key = key, .task = stage.config->name, .inputs = input_names, .attempt = task.attempt(), .host = host_name()};
    results->attempt(stage.config->name, entry);
    const auto making = std::make_shared<Making>(StageRun{.shop = shop, .stage = *stage.config, .inputs = inputs}, shop.store.begin(key), key);
    StageRun& run = making->run;
    run.folder = making->draft->folder();
    run.demand = demand;
    run.log_file = work.log_of(stage.config->name);
    run.scratch = fmt::format("{}/{}.{}", work.scratch(), stage.config->name, scratch_number.fetch_add(1));
    run.task = &task;
    try {
        stage.code->run(run);
    } catch (const Cancelled&) {
        throw;
    } catch (const std::exception& error) {
        if (!fs::is_empty(run.folder)) shop.store.quarantine(std::move(*making->draft), std::string(error.what()) + "\n");
        throw;
    }
    task.afterwards([&stage, &shop, results, making, entry](TaskContext& later) mutable -> std::any {
        making->run.task = &later;
        stage.code->finish(making->run);
        later.cancel().throw_if_requested();
        entry.milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - making->start).count();
        const std::string folder = shop.store.publish(std::move(*making->draft), entry);
        shop.journal.append(entry);
        StageResult result = result_in(stage, {making->key.digest(), folder, read_manifest(folder)}, making->run.inputs, shop.digests);
        publish_result(shop.pipeline, *stage.config, result);
        results->add(std::move(result));
        return std::monostate{};
    });
}

void publish_result(const Pipeline& pipeline, const StageConfig& stage, const StageResult& result) {
    for (const auto& [output, file] : published_files(pipeline, stage)) {
        const auto found = result.outputs.find(output);
        if (found == result.outputs.end()) continue;   // an output that this run had no reason to make, such as a list of failures
        if (stage.kind == "visualize" && output == "report") continue;   // when it is known how the run ended (run_report.hpp)
        const fs::path source = found->second.path;
        const fs::path target = pipeline.out / file;
        if (!fs::is_directory(source)) {
            export_file(source.string(), target.string());
            continue;
        }
        std::vector<fs::path> files;
        for (const fs::directory_entry& entry : fs::recursive_directory_iterator(source))
            if (entry.is_regular_file()) files.push_back(entry.path());
        std::sort(files.begin(), files.end());
        for (const fs::path& path : files) export_file(path.string(), (target / path.lexically_relative(source)).string());
    }
}

}  // namespace weft
