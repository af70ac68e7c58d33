#include "weft/stages/run_report.hpp"

#include <filesystem>
#include <fstream>
#include <optional>
#include <unordered_map>

#include <fmt/format.h>

#include "weft/bytes/output_file.hpp"
#include "weft/executor/child_process.hpp"
#include "weft/executor/export_file.hpp"
#include "weft/executor/file_steps.hpp"
#include "weft/executor/run_document.hpp"
#include "weft/executor/run_timeline.hpp"
#include "weft/model/error.hpp"
#include "weft/pipeline/print_config.hpp"
#include "weft/pipeline/stage_graph.hpp"
#include "weft/report/page.hpp"
#include "weft/stages/plan.hpp"

namespace weft {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_failures = 1'000;
constexpr const char* class_names[] = {"below 1 kb", "1 to 10 kb", "above 10 kb"};

/// Where the page of a stage goes, below `out`.
fs::path place_of_page(const Pipeline& pipeline, const StageConfig& stage) {
    for (const auto& [output, file] : published_files(pipeline, stage))
        if (output == "report") return pipeline.out / file;
    return pipeline.out / "report.html";
}

std::vector<RunDocumentParts::Input> inputs_of(const Pipeline& pipeline, const std::shared_ptr<const StageResults>& results) {
    std::vector<RunDocumentParts::Input> inputs;
    for (const StageConfig& stage : pipeline.stages) {
        const StageResult* const result = stage.kind == "load" ? results->find(stage.name) : nullptr;
        if (result == nullptr) continue;
        for (const auto& [name, path] : stage.settings.get<PathMap>("inputs")) {
            const auto found = result->outputs.find(name);
            if (found == result->outputs.end()) continue;
            std::error_code none;
            const std::uintmax_t bytes = fs::file_size(found->second.path, none);
            inputs.push_back({name, path.string(), found->second.digest.hex(), none ? 0 : bytes});
        }
    }
    return inputs;
}

RunDocumentParts parts_of(const Pipeline& pipeline, const std::shared_ptr<const StageResults>& results, const PipelineOptions& options,
                          const Throughput& throughput, const PipelineReport& report) {
    RunDocumentParts parts{.rerun = "weft run " + shell_quoted(pipeline.file)};
    for (const ConfigRow& row : config_rows(pipeline)) parts.config.push_back({row.key, row.value, row.origin});
    parts.inputs = inputs_of(pipeline, results);
    parts.versions = options.versions;
    const auto classes = throughput.classes();
    for (std::size_t i = 0; i < size_classes; ++i)
        if (classes[i].features > 0) parts.throughput.push_back({class_names[i], classes[i].features, classes[i].bases, classes[i].seconds});
    for (const RunFailure& failure : report.failures) {
        if (failure.feature.empty() && failure.where.empty()) continue;
        if (parts.failures.size() < most_failures) parts.failures.push_back({failure.stage, failure.feature, failure.reason, failure.where});
        else ++parts.further_failures;
    }
    return parts;
}

/// What the analysis before a page says; empty when it was not made.
std::string analysis_before(const StageConfig& stage, const std::shared_ptr<const StageResults>& results) {
    const StageInputs inputs(stage, results);
    const StageOutput* const analysis = inputs.find("analysis");
    return analysis == nullptr ? std::string() : content_of_file(analysis->path);
}

/// The slices that a stage `visualize` has cut for its page; empty when there are none.
std::string regions_of(const StageConfig& stage, const StageResults& results) {
    const StageResult* const result = results.find(stage.name);
    if (result == nullptr) return "";
    const auto regions = result->outputs.find("regions");
    return regions == result->outputs.end() ? std::string() : content_of_file(regions->second.path);
}

/// The stages with how they ended, and nothing that changes from run to run: a result that was there is as done as one that was made.
StageGraph graph_of_outcome(const Pipeline& pipeline, const RunEvents& events) {
    StageGraph graph = graph_of(pipeline);
    std::unordered_map<std::string, std::string> ends;
    for (const StageTime& time : timeline_of(events).stages) ends[time.plan.name] = time.status == "reused" ? "done" : time.status;
    for (StageGraph::Stage& stage : graph.stages)
        if (const auto end = ends.find(stage.name); end != ends.end()) stage.status = end->second;
    return graph;
}

std::string write_page(const Pipeline& pipeline, const StageConfig& stage, const std::shared_ptr<const StageResults>& results, const RunEvents& events,
                       const RunDocumentParts& parts, bool times, const std::string& mark) {
    const fs::path target = place_of_page(pipeline, stage);
    const std::string& title = stage.settings.get<std::string>("title");
    fs::create_directories(target.parent_path());
    OutputFile file(target.string());
    file.write(report_html({.title = title.empty() ? pipeline.name : title,
                            .analysis_json = analysis_before(stage, results),
                            .run_json = run_json(events, parts),
                            .regions_json = regions_of(stage, *results),
                            .stage_graph_svg = graph_svg(folded(graph_of_outcome(pipeline, events))),
                            .times = times,
                            .mark = mark}));
    file.commit();
    return target.string();
}

/// Whether a page is that of a run that made all of a result, and not one of another run with other settings.
bool shows(const fs::path& page, const std::string& mark) {
    std::ifstream file(page, std::ios::binary);
    std::string head(16'384, '\0');
    file.read(head.data(), static_cast<std::streamsize>(head.size()));
    head.resize(static_cast<std::size_t>(file.gcount()));
    return head.find(page_mark(mark)) != std::string::npos;
}

}  // namespace

void finish_report(const Pipeline& pipeline, const std::shared_ptr<const StageResults>& results, const WorkFolder& work, const PipelineOptions& options,
                   const Throughput& throughput, PipelineReport& report) {
    const bool nothing_new = report.exit_code == 0 && report.count(StageEnd::reused) == report.stages.size();
    std::optional<RunEvents> events;
    for (const StageOutcome& outcome : report.stages) {
        if (outcome.kind != "visualize") continue;
        const StageConfig& stage = *results->config_of(outcome.name);
        const fs::path target = place_of_page(pipeline, stage);
        if (report.report.empty()) report.report = target.string();
        const StageResult* const result = results->find(outcome.name);
        if (!options.times && result != nullptr) {
            export_file(result->outputs.at("report").path, target.string());
            continue;
        }
        const std::string mark = report.exit_code == 0 && result != nullptr ? result->key.hex() : std::string();
        if (nothing_new && shows(target, mark)) continue;
        if (!events) events = read_event_log(work.events());
        write_page(pipeline, stage, results, *events, parts_of(pipeline, results, options, throughput, report), options.times, mark);
    }
}

std::vector<std::string> report_last_run(const Pipeline& pipeline, const PipelineOptions& options) {
    const WorkFolder work{pipeline.work.string()};
    const RunEvents events = read_event_log(work.events());
    const auto results = plan_pipeline(pipeline).results;
    std::vector<std::string> pages;
    for (const StageConfig& stage : pipeline.stages)
        if (stage.kind == "visualize")
            pages.push_back(write_page(pipeline, stage, results, events, parts_of(pipeline, results, options, {}, {}), options.times, ""));
    if (pages.empty())
        throw UsageError{{pipeline.file, "the pipeline has no stage 'visualize', so it has no page", "add one behind a stage 'analyze'"}};
    return pages;
}

}  // namespace weft
