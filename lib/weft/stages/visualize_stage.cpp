// visualize: the analysis as a page. The stage makes the page without times, which is the same in every run; the end of the run adds what
// happened meanwhile (run_report.hpp).
#include "weft/bytes/output_file.hpp"
#include "weft/executor/file_steps.hpp"
#include "weft/pipeline/stage_graph.hpp"
#include "weft/report/page.hpp"
#include "weft/stages/stage_factories.hpp"

namespace weft {
namespace {

class VisualizeStage final : public Stage {
public:
    VisualizeStage(const Pipeline& pipeline, const StageConfig& config) : title_(config.settings.get<std::string>("title")), graph_(folded(graph_of(pipeline))) {
        if (title_.empty()) title_ = config.key.empty() ? pipeline.name : pipeline.name + ": " + config.key;
    }

    std::vector<std::pair<std::string, std::string>> files() const override { return {{"report", "report.html"}, {"graph", "graph"}}; }

    StageKey key(const StageInputs& inputs, InputDigests&) const override {
        StageKey key;
        key.parameters["title"] = title_;
        key.parameters["stages"] = graph_dot(graph_);
        key.add("analysis", analysis_of(inputs).digest);
        return key;
    }

    void run(StageRun& run) const override {
        write(run / "report.html", report_html({.title = title_, .analysis_json = content_of_file(analysis_of(run.inputs).path),
                                                .stage_graph_svg = graph_svg(graph_), .times = false}));
        make_folder(run / "graph");
        write(run / "graph/stages.svg", graph_svg(graph_));
        write(run / "graph/stages.dot", graph_dot(graph_));
        write(run / "graph/stages.mmd", graph_mermaid(graph_));
    }

private:
    static const StageOutput& analysis_of(const StageInputs& inputs) { return inputs.get("analysis", "a stage 'analyze' must stand before it"); }

    static void write(const std::string& path, const std::string& text) {
        OutputFile file(path);
        file.write(text);
        file.commit();
    }

    std::string title_;
    StageGraph graph_;
};

}  // namespace

StageKind visualize_kind() {
    using namespace value_kind;
    return {.name = "visualize",
            .version = 1,
            .help = "the analysis as one HTML page, and the stages as a drawing",
            .keys = {{.name = "title", .kind = text(), .help = "of the page; without it the pipeline's name", .default_value = "\"\""}},
            .outputs = {"report", "graph"}};
}

std::unique_ptr<Stage> make_visualize_stage(const Pipeline& pipeline, const StageConfig& config) {
    return std::make_unique<VisualizeStage>(pipeline, config);
}

}  // namespace weft
