// weft run: a pipeline from its file to its results, begun or continued.
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <thread>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "commands.hpp"
#include "console.hpp"
#include "pipeline_choices.hpp"
#include "pipeline_display.hpp"
#include "quantities.hpp"
#include "signals.hpp"
#include "version.hpp"
#include "weft/stages/run_pipeline.hpp"

namespace weft {
namespace {

struct RunChoices {
    PipelineChoices pipeline{};
    std::string until{};
    bool fresh = false;
    bool rehash = false;
    bool no_times = false;
    bool json = false;
    bool quiet = false;
};

constexpr const char* examples = R"(Examples:
  weft run pipeline.yaml                                 run it, or go on where a run before was cut off
  weft run pipeline.yaml --set filter.where='mapq >= 30'   with another value
  weft run pipeline.yaml --until align -t 8              only a stage and what it needs
  weft run pipeline.yaml --fresh                         forget all results and start over
Ctrl-C lets running tasks end and starts no more; a second one stops them. Either way run again to go on.)";

/// Turns signals into requests to the run: the first one drains it, the second cancels it.
class SignalWatch {
public:
    SignalWatch(PipelineRun& run, CancellationSource& cancel, bool quiet) : thread_([this, &run, &cancel, quiet] { watch(run, cancel, quiet); }) {}
    ~SignalWatch() {
        end_.store(true);
        thread_.join();
    }
    SignalWatch(const SignalWatch&) = delete;
    SignalWatch& operator=(const SignalWatch&) = delete;

private:
    void watch(PipelineRun& run, CancellationSource& cancel, bool quiet) const {
        int seen = 0;
        while (!end_.load()) {
            const int caught = signals_caught();
            if (seen == 0 && caught > 0) {
                if (!quiet) say("running tasks come to their end, no others are started; once more stops them");
                run.drain();
            }
            if (seen < 2 && caught >= 2) cancel.request("stopped by a signal");
            seen = caught;
            std::this_thread::sleep_for(std::chrono::milliseconds{20});
        }
    }

    std::atomic<bool> end_{false};
    std::thread thread_;
};

std::string own_program() {
    std::error_code none;
    return std::filesystem::read_symlink("/proc/self/exe", none).string();
}

std::string seconds_text(double seconds) { return seconds < 60 ? fmt::format("{:.1f} s", seconds) : duration_text(seconds); }

std::string json_of(const PipelineReport& report, const Pipeline& pipeline) {
    nlohmann::ordered_json json{{"pipeline", pipeline.name}, {"status", report.status()}, {"exit_code", report.exit_code}, {"seconds", report.seconds}};
    for (const StageOutcome& stage : report.stages) {
        nlohmann::ordered_json row{{"name", stage.name}, {"kind", stage.kind}, {"status", name_of(stage.end)}, {"seconds", stage.seconds}};
        if (!stage.reason.empty()) row["reason"] = stage.reason;
        if (!stage.cause.empty()) row["cause"] = stage.cause;
        json["stages"].push_back(std::move(row));
    }
    json["failures"] = report.failures.size();
    json["out"] = pipeline.out.string();
    if (!report.failures_file.empty()) json["failures_file"] = report.failures_file;
    if (!report.report.empty()) json["report"] = report.report;
    return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

/// "5 stages: 3 done, 2 reused"
std::string counts_text(const PipelineReport& report) {
    std::string text;
    for (const StageEnd end : {StageEnd::done, StageEnd::reused, StageEnd::failed, StageEnd::skipped, StageEnd::cancelled})
        if (const std::size_t count = report.count(end)) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, name_of(end));
    return text;
}

void tell(const PipelineReport& report, const Pipeline& pipeline, bool quiet) {
    for (const StageOutcome& stage : report.stages)
        if (stage.end == StageEnd::failed) say(fmt::format("{}: stage '{}' failed: {}\n  its log: {}", stage.place, stage.name, stage.reason, stage.log));
    if (!report.failures_file.empty()) say(fmt::format("{} {}, listed in {}", report.failures.size(), report.failures.size() == 1 ? "failure" : "failures", report.failures_file));
    if (quiet) return;
    const bool nothing = report.exit_code == 0 && report.count(StageEnd::reused) == report.stages.size();
    const std::string place = report.report.empty() ? "results in " + pipeline.out.string() : "report: " + report.report;
    if (nothing) say(fmt::format("{}: nothing to do, all {} stages are up to date; {}", pipeline.name, report.stages.size(), place));
    else if (report.status() == "cancelled") say(fmt::format("{}: stopped, {}; run it again to go on", pipeline.name, counts_text(report)));
    else say(fmt::format("{}: {} in {}, {}; {}", pipeline.name, report.status(), seconds_text(report.seconds), counts_text(report), place));
}

void run(const RunChoices& choices) {
    const Pipeline pipeline = chosen_pipeline(choices.pipeline);   // from here on complete and valid
    const bool quiet = choices.quiet || choices.json;
    drain_before_stop();

    std::vector<std::string> names;
    for (const std::size_t i : stages_until(pipeline, choices.until)) names.push_back(pipeline.stages[i].name);
    std::map<std::string, std::string> units;
    for (const StageConfig& stage : pipeline.stages)
        if (stage.kind == "align" || stage.kind == "parse") units[stage.name] = "features";
    std::optional<PipelineDisplay> display;
    if (!quiet) display.emplace(names, units);
    PipelineOptions options{.until = choices.until, .fresh = choices.fresh, .rehash = choices.rehash, .times = !choices.no_times};
    if (display) {
        options.events = display->sink();
        options.reused = [&](std::string_view stage) { display->reused(stage); };
    }
    options.stalled = [&](const std::string& text) { display ? display->say(text) : say(text); };
    options.command = command_line();
    options.versions = versions();
    options.program = own_program();

    PipelineRun pipeline_run(pipeline, options);
    CancellationSource cancel;
    PipelineReport report;
    {
        const SignalWatch watch(pipeline_run, cancel, quiet);
        report = pipeline_run.execute(cancel.token());
    }
    if (display) display->finish();
    if (choices.json) fmt::print("{}", json_of(report, pipeline));
    tell(report, pipeline, quiet);
    if (signals_caught() > 0 && report.exit_code != 0) return;   // the exit code tells the signal
    forget_signals();                                            // it was done before the signal mattered
    if (report.exit_code != 0) throw EndCommand{report.exit_code == 3 ? ExitCode::partial : ExitCode::failed};
}

}  // namespace

void add_run_command(CLI::App& app) {
    CLI::App* command = app.add_subcommand("run", "Run a pipeline, or go on with it");
    const auto choices = std::make_shared<RunChoices>();
    command->footer(examples);
    add_pipeline_options(*command, choices->pipeline);
    command->add_option("--until", choices->until, "Only this stage and what it needs")->type_name("STAGE")->group("Run");
    command->add_flag("--fresh", choices->fresh, "Forget all stored results and start over")->group("Run");
    command->add_flag("--rehash", choices->rehash, "Read inputs again even where size and time say that they are unchanged")->group("Run");
    command->add_flag("--no-times", choices->no_times, "Leave times out of the report, so that equal runs give equal bytes")->group("Run");
    command->add_flag("--json", choices->json, "One JSON object on standard output instead of messages")->group("Run");
    command->add_flag("-q,--quiet", choices->quiet, "No progress and no summary; failures are told")->group("Run");
    command->callback([choices] { run(*choices); });
}

}  // namespace weft
