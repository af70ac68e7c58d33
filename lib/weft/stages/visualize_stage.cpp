// visualize: the analysis as a page, and with `igv` the records at some places letter by letter. The stage makes the page without times,
// which is the same in every run; the end of the run adds what happened meanwhile (run_report.hpp), with the slices that are kept here.
#include <fmt/format.h>

#include "weft/bytes/output_file.hpp"
#include "weft/executor/file_steps.hpp"
#include "weft/pipeline/stage_graph.hpp"
#include "weft/report/page.hpp"
#include "weft/report/regions_document.hpp"
#include "weft/stages/reference_index.hpp"
#include "weft/stages/stage_factories.hpp"

namespace weft {
namespace {

class VisualizeStage final : public Stage {
public:
    VisualizeStage(const Pipeline& pipeline, const StageConfig& config)
        : config_(config),
          title_(config.settings.get<std::string>("title")),
          regions_(config.settings.get<std::vector<std::string>>("igv")),
          graph_(folded(graph_of(pipeline))) {
        if (title_.empty()) title_ = config.key.empty() ? pipeline.name : pipeline.name + ": " + config.key;
    }

    std::vector<std::pair<std::string, std::string>> files() const override {
        return {{"report", "report.html"}, {"graph", "graph"}, {"regions", "regions.json"}};
    }

    StageKey key(const StageInputs& inputs, InputDigests&) const override {
        StageKey key;
        key.parameters["title"] = title_;
        key.parameters["stages"] = graph_dot(graph_);
        key.add("analysis", analysis_of(inputs).digest);
        if (regions_.empty()) return key;   // what is not shown does not matter
        key.parameters["igv"] = fmt::format("{}", fmt::join(regions_, " "));
        key.add("alignments", alignments_of(inputs).digest);
        key.add("reference", reference_of(inputs).digest);
        return key;
    }

    std::int64_t usual_memory() const override { return regions_.empty() ? 64'000'000 : 256'000'000; }

    void run(StageRun& run) const override {
        const std::string regions = regions_.empty() ? "" : slices(run);
        write(run / "report.html", report_html({.title = title_, .analysis_json = content_of_file(analysis_of(run.inputs).path),
                                                .regions_json = regions, .stage_graph_svg = graph_svg(graph_), .times = false}));
        if (!regions.empty()) write(run / "regions.json", regions);
        make_folder(run / "graph");
        write(run / "graph/stages.svg", graph_svg(graph_));
        write(run / "graph/stages.dot", graph_dot(graph_));
        write(run / "graph/stages.mmd", graph_mermaid(graph_));
    }

private:
    static const StageOutput& analysis_of(const StageInputs& inputs) { return inputs.get("analysis", "a stage 'analyze' must stand before it"); }

    static const StageOutput& alignments_of(const StageInputs& inputs) {
        return inputs.get("alignments", "`igv` shows alignments: a stage with alignments must stand before it");
    }

    /// What the analysis took for the reference, which knows best.
    const StageOutput& reference_of(const StageInputs& inputs) const {
        const StageConfig* const analyze = inputs.stage_of_kind("analyze");
        return target_input(inputs, analyze != nullptr ? *analyze : config_);
    }

    std::string slices(StageRun& run) const {
        const ReferenceText reference = ReferenceText::open(reference_of(run.inputs).path);
        const Setting& setting = *config_.settings.find("igv");
        const std::string place = setting.position.line == 0 ? setting.source : fmt::format("{}:{}", setting.source, setting.position.line);
        const std::string fasta = reference.is_fasta() ? reference_of(run.inputs).path : std::string();
        std::vector<RegionSlice> slices;
        for (const Region& region : checked_regions(regions_, reference.contigs(), place + ": igv"))
            slices.push_back(slice_region(alignments_of(run.inputs).path, fasta, region, reference, {}, run.task->cancel().flag()));
        return regions_json(slices);
    }

    static void write(const std::string& path, const std::string& text) {
        OutputFile file(path);
        file.write(text);
        file.commit();
    }

    StageConfig config_;
    std::string title_;
    std::vector<std::string> regions_;
    StageGraph graph_;
};

std::vector<TextProblem> check_region(std::string_view text) {
    const std::string fault = region_fault(text);
    if (fault.empty()) return {};
    return {{.message = fmt::format("region '{}': {}", text, fault), .code = "W132"}};
}

}  // namespace

StageKind visualize_kind() {
    using namespace value_kind;
    return {.name = "visualize",
            .version = 1,
            .help = "the analysis as one HTML page, and the stages as a drawing",
            .keys = {{.name = "title", .kind = text(), .help = "of the page; without it the pipeline's name", .default_value = "\"\""},
                     {.name = "igv", .kind = checked_texts(check_region), .help = "regions to show letter by letter, such as [chrI:1-20000]",
                      .default_value = "[]"}},
            .outputs = {"report", "graph", "regions"}};
}

std::unique_ptr<Stage> make_visualize_stage(const Pipeline& pipeline, const StageConfig& config) {
    return std::make_unique<VisualizeStage>(pipeline, config);
}

}  // namespace weft
