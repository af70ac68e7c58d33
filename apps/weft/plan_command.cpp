// weft plan and weft explain: what a run would do and why, without doing it.
#include <memory>
#include <string_view>
#include <unordered_map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "commands.hpp"
#include "console.hpp"
#include "pipeline_choices.hpp"
#include "quantities.hpp"
#include "weft/bytes/output_file.hpp"
#include "weft/model/error.hpp"
#include "weft/model/nearest_names.hpp"
#include "weft/model/readable.hpp"
#include "weft/pipeline/stage_graph.hpp"
#include "weft/stages/plan.hpp"
#include "weft/stages/workers.hpp"

namespace weft {
namespace {

struct PlanChoices {
    PipelineChoices pipeline{};
    std::string until{};
    std::string drawing{};
    bool workers = false;
    bool json = false;
};

constexpr const char* plan_examples = R"(Examples:
  weft plan pipeline.yaml                what would run, why, and how long it took last time
  weft plan pipeline.yaml -o plan.svg    the same as a drawing; .dot and .mmd too
  weft plan pipeline.yaml --workers      how many tasks of each stage run at once, and what limits them)";

constexpr const char* explain_examples = R"(Examples:
  weft explain pipeline.yaml filter      why this stage runs again, or why it does not)";

constexpr std::size_t most_lines = 100;   // of one foreach; a larger one is a line that counts, `weft explain` and --json tell of each

std::string_view word_of(PlannedState state) {
    return state == PlannedState::up_to_date ? "up to date" : state == PlannedState::runs ? "runs" : "waits to know";
}

std::string time_text(std::chrono::milliseconds time) {
    const double seconds = std::chrono::duration<double>(time).count();
    return seconds < 60 ? fmt::format("{:.1f} s", seconds) : duration_text(seconds);
}

StageGraph graph_of(const Pipeline& pipeline, const Plan& plan) {
    StageGraph graph = weft::graph_of(pipeline);
    std::unordered_map<std::string_view, const PlannedStage*> by_name;
    for (const PlannedStage& planned : plan.stages) by_name.emplace(planned.name, &planned);
    std::erase_if(graph.stages, [&](const StageGraph::Stage& stage) { return !by_name.contains(stage.name); });
    for (StageGraph::Stage& stage : graph.stages) {
        const PlannedStage& planned = *by_name.at(stage.name);
        stage.status = planned.state == PlannedState::up_to_date ? "reused" : "waiting";
        stage.lines.push_back(planned.state == PlannedState::up_to_date ? std::string("up to date") : fmt::format("{}: {}", word_of(planned.state), planned.reasons.front()));
        if (planned.state != PlannedState::up_to_date && planned.expected) stage.lines.push_back("about " + time_text(*planned.expected));
    }
    return graph;
}

std::string summary_text(const Plan& plan) {
    const std::size_t fresh = plan.count(PlannedState::up_to_date);
    if (fresh == plan.stages.size()) return fmt::format("nothing to do: all {} stages are up to date\n", fresh);
    std::string text = fmt::format("{} of {} stages would run", plan.stages.size() - fresh, plan.stages.size());
    if (plan.expected.count() > 0) text += fmt::format(", about {} by earlier runs", time_text(plan.expected));
    if (plan.unknown_times > 0) text += fmt::format("; {} never ran before, so nobody knows how long {}", plan.unknown_times, plan.unknown_times == 1 ? "it takes" : "they take");
    return text + "\n";
}

std::string json_of(const Pipeline& pipeline, const Plan& plan) {
    nlohmann::ordered_json json{{"pipeline", pipeline.name}, {"stages", nlohmann::ordered_json::array()}};
    for (const PlannedStage& stage : plan.stages) {
        nlohmann::ordered_json row{{"name", stage.name}, {"kind", stage.kind}, {"needs", stage.needs}, {"state", word_of(stage.state)}, {"reasons", stage.reasons}};
        if (stage.expected) row["expected_ms"] = stage.expected->count();
        if (stage.key) row["key"] = stage.key->digest().hex();
        json["stages"].push_back(std::move(row));
    }
    json["expected_ms"] = plan.expected.count();
    return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

/// "1 cpu, 150 MB, 1 downloads"
std::string text_of(const Demand& demand) {
    std::string text = demand.cpu > 0 ? fmt::format("{} cpu", demand.cpu) : "no cpu";
    if (demand.memory > 0) text += fmt::format(", {}", size_text(static_cast<std::uint64_t>(demand.memory)));
    if (demand.io > 0) text += fmt::format(", {} io", demand.io);
    for (const auto& [name, count] : demand.named) text += fmt::format(", {} {}", count, name);
    return text;
}

std::string workers_text(const Pipeline& pipeline) {
    const Budget budget = budget_of(pipeline);
    std::string text = fmt::format("{} threads, {} of memory\n", budget.threads, size_text(static_cast<std::uint64_t>(budget.memory)));
    for (const StageWorkers& stage : stage_workers(pipeline))
        text += fmt::format("{:<20} {:>3} at once, limited by {:<10} each holds {}{}\n", stage.stage, stage.most.count, stage.most.limited_by + ";",
                            text_of(stage.demand), stage.blocking ? ", on threads for what mostly sleeps" : "");
    return text;
}

void plan(const PlanChoices& choices) {
    const Pipeline pipeline = chosen_pipeline(choices.pipeline);
    if (choices.workers) {
        fmt::print("{}", workers_text(pipeline));
        return;
    }
    const Plan plan = plan_pipeline(pipeline, choices.until);
    const StageGraph graph = graph_of(pipeline, plan);
    if (!choices.drawing.empty()) {
        const bool svg = choices.drawing.ends_with(".svg");
        const bool dot = choices.drawing.ends_with(".dot");
        if (!svg && !dot && !choices.drawing.ends_with(".mmd"))
            throw UsageError{{choices.drawing, "the extension names no drawing", "use .svg, .dot or .mmd"}};
        OutputFile file(choices.drawing);
        file.write(svg ? graph_svg(folded(graph)) : dot ? graph_dot(folded(graph)) : graph_mermaid(folded(graph)));
        file.commit();
    }
    if (choices.json) fmt::print("{}", json_of(pipeline, plan));
    else fmt::print("{}{}", graph_text(folded(graph, most_lines)), summary_text(plan));
}

struct ExplainChoices {
    PipelineChoices pipeline{};
    std::string stage{};
};

void explain(const ExplainChoices& choices) {
    const Pipeline pipeline = chosen_pipeline(choices.pipeline);
    const Plan plan = plan_pipeline(pipeline);
    bool any = false;
    for (const PlannedStage& stage : plan.stages) {
        const bool by_key = stage.key && stage.key->digest().hex() == choices.stage;
        const std::string base = stage.name.substr(0, stage.name.find('['));
        if (stage.name != choices.stage && base != choices.stage && !by_key) continue;
        any = true;
        fmt::print("{} ({}): {}\n", stage.name, stage.kind, word_of(stage.state));
        for (const std::string& reason : stage.reasons) fmt::print("  because {}\n", reason);
        if (stage.key) fmt::print("  key {}\n      {}\n", stage.key->digest().hex(), stage.key->form());
        if (stage.last_key && (!stage.key || !(*stage.last_key == *stage.key))) fmt::print("  last {}\n       {}\n", stage.last_key->digest().hex(), stage.last_key->form());
    }
    if (any) return;
    NearestNames near(choices.stage);
    for (const StageConfig& stage : pipeline.stages) near.offer(stage.base);
    throw UsageError{{"explain", fmt::format("there is no stage and no key '{}'", choices.stage), near.question()}};
}

}  // namespace

void add_plan_command(CLI::App& app) {
    CLI::App* command = app.add_subcommand("plan", "Show what a run of a pipeline would do, and why");
    const auto choices = std::make_shared<PlanChoices>();
    command->footer(plan_examples);
    add_pipeline_options(*command, choices->pipeline);
    command->add_option("--until", choices->until, "Only this stage and what it needs")->type_name("STAGE");
    command->add_option("-o,--output", choices->drawing, "A drawing of the stages: .svg, .dot (Graphviz) or .mmd (Mermaid)")->type_name("FILE");
    command->add_flag("--workers", choices->workers, "Instead, how many tasks of each stage run at once, and what limits them")->excludes("--output")->excludes("--until");
    command->add_flag("--json", choices->json, "As JSON")->excludes("--workers");
    command->callback([choices] { plan(*choices); });
}

void add_explain_command(CLI::App& app) {
    CLI::App* command = app.add_subcommand("explain", "Say why a stage of a pipeline runs, or does not");
    const auto choices = std::make_shared<ExplainChoices>();
    command->footer(explain_examples);
    add_pipeline_options(*command, choices->pipeline);
    command->add_option("STAGE", choices->stage, "A stage, or the key of a result")->required();
    command->callback([choices] { explain(*choices); });
}

}  // namespace weft
