#include "weft/stages/run_pipeline.hpp"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <filesystem>
#include <set>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "weft/executor/child_process.hpp"
#include "weft/executor/event_fanout.hpp"
#include "weft/executor/event_log.hpp"
#include "weft/executor/file_steps.hpp"
#include "weft/executor/run_lock.hpp"
#include "weft/model/error.hpp"
#include "weft/model/nearest_names.hpp"
#include "weft/stages/run_report.hpp"
#include "weft/stages/skipped_items.hpp"
#include "weft/stages/stage_execution.hpp"
#include "weft/stages/stage_logs.hpp"
#include "weft/stages/workers.hpp"

namespace weft {
namespace {

namespace fs = std::filesystem;

OnError on_error_of(const std::string& word) {
    return word == "skip" ? OnError::skip : word == "keep-going" ? OnError::keep_going : OnError::fail;
}

Failure failure_named(const std::string& word) {
    return word == "oom" ? Failure::memory : word == "signal" ? Failure::signal : word == "io" ? Failure::io : word == "timeout" ? Failure::timeout : Failure::error;
}

TaskOptions task_options(const ReadyStage& stage, Demand demand, const std::optional<std::int64_t>& milliseconds) {
    const Settings& settings = stage.config->settings;
    TaskOptions options{.demand = std::move(demand), .blocking = settings.get<std::string>("kind") == "io"};
    options.retry.max = static_cast<int>(settings.get<std::int64_t>("retry.max"));
    options.retry.backoff = settings.get<std::chrono::milliseconds>("retry.backoff");
    options.retry.factor = settings.get<double>("retry.factor");
    options.retry.cap = settings.get<std::chrono::milliseconds>("retry.cap");
    options.retry.on.clear();
    for (const std::string& word : settings.get<std::vector<std::string>>("retry.on")) options.retry.on.insert(failure_named(word));
    if (const auto* timeout = settings.get_if<std::chrono::milliseconds>("timeout")) options.timeout = *timeout;
    options.on_error = on_error_of(settings.get<std::string>("on_error"));
    options.priority = static_cast<int>(settings.get<std::int64_t>("priority"));
    if (milliseconds) options.expected = std::chrono::milliseconds{*milliseconds};
    return options;
}

std::string made(const std::string& folder) {
    fs::create_directories(folder);
    return folder;
}

}  // namespace

std::string_view name_of(StageEnd end) {
    constexpr std::string_view names[] = {"done", "reused", "failed", "skipped", "cancelled"};
    return names[static_cast<std::size_t>(end)];
}

std::size_t PipelineReport::count(StageEnd end) const {
    return static_cast<std::size_t>(std::count_if(stages.begin(), stages.end(), [&](const StageOutcome& stage) { return stage.end == end; }));
}

std::string_view PipelineReport::status() const {
    if (exit_code == 0) return "done";
    if (exit_code == 3) return "partial";
    return count(StageEnd::failed) > 0 ? "failed" : "cancelled";
}

std::vector<std::size_t> stages_until(const Pipeline& pipeline, const std::string& until) {
    if (until.empty()) return pipeline.order;
    std::set<std::string> wanted;
    for (const StageConfig& stage : pipeline.stages)
        if (stage.name == until || stage.base == until) wanted.insert(stage.name);
    if (wanted.empty()) {
        NearestNames near(until);
        for (const StageConfig& stage : pipeline.stages) near.offer(stage.base);
        throw UsageError{{"--until", fmt::format("there is no stage '{}'", until), near.question()}};
    }
    std::vector<std::size_t> order;
    for (std::size_t i = pipeline.order.size(); i-- > 0;) {   // from the end: whoever needs a stage is seen before it
        const StageConfig& stage = pipeline.stages[pipeline.order[i]];
        if (!wanted.contains(stage.name)) continue;
        wanted.insert(stage.needs.begin(), stage.needs.end());
        order.push_back(pipeline.order[i]);
    }
    std::reverse(order.begin(), order.end());
    return order;
}

struct PipelineRun::State {
    const Pipeline& pipeline;
    PipelineOptions options;
    std::vector<std::size_t> order;
    std::vector<ReadyStage> stages;
    WorkFolder work;
    RunLock lock;
    ResultStore store;
    Journal journal;
    InputDigests digests;
    Throughput throughput{};
    Workshop shop;
    std::shared_ptr<StageResults> results;
    StageLogs logs;
    std::optional<HierarchicalExecutor> executor{};
    std::optional<EventLog> log{};
    std::optional<StallWatch> stall{};   // after what it watches, so that it goes first
    std::vector<Demand> demands{};    // by stage

    State(const Pipeline& the_pipeline, PipelineOptions the_options)
        : pipeline(the_pipeline), options(std::move(the_options)), order(stages_until(pipeline, options.until)), stages(ready_stages(pipeline)),
          work{made(pipeline.work.string())}, lock(work.path), store(work.path), journal(work.journal(), store),
          digests(work.digests(), options.rehash ? InputDigests::Memory::rehash : InputDigests::Memory::use),
          shop{.pipeline = pipeline, .store = store, .journal = journal, .digests = digests, .throughput = throughput, .program = options.program},
          results(std::make_shared<StageResults>(pipeline)), logs(work) {
        const Budget budget = budget_of(pipeline);
        shop.threads = budget.threads;
        shop.memory = budget.memory;
        if (options.fresh) store.clean();
        store.remove_leftovers(OtherWriters::none);
        std::error_code ignored;
        fs::remove_all(work.scratch(), ignored);
        for (const std::size_t i : order)
            if (options.program.empty() && stages[i].code->needs_program())
                throw UsageError{{fmt::format("stage '{}'", stages[i].config->name),
                                  "`isolation: process` starts the weft program, and it is not known where that is",
                                  "use `weft run`, name it in PipelineOptions::program, or use `isolation: thread`"}};
        for (const ReadyStage& stage : stages) demands.push_back(demand_of(stage, pipeline, budget));
    }

    RunHead head() const {
        RunHead head{.pipeline = pipeline.name, .command = options.command, .threads = shop.threads, .memory = shop.memory};
        head.started = fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)));
        for (const auto& [name, count] : pipeline.limits) head.limits[name] = static_cast<int>(count);
        for (const std::size_t i : order) {
            const StageConfig& stage = *stages[i].config;
            head.stages.push_back({stage.name, stage.kind, stage.needs, demands[i], stage.settings.get<std::string>("kind") == "io"});
        }
        return head;
    }

    void add_tasks(const JournalContent& history) {
        for (const std::size_t i : order) {
            const ReadyStage& stage = stages[i];
            const auto known = history.tasks.find(stage.config->name);
            const auto body = [this, &stage, i](TaskContext& task) {
                execute_stage(stage, shop, work, results, demands[i], task);
                const StageResult* const result = results->find(stage.config->name);
                if (result != nullptr && result->reused) {
                    log->reused(stage.config->name);
                    if (options.reused) options.reused(stage.config->name);
                }
            };
            executor->add(stage.config->name, body, stage.config->needs,
                          task_options(stage, demands[i], known == history.tasks.end() ? std::nullopt : known->second.milliseconds));
        }
    }

    PipelineReport report_of(const ExecutionReport& execution) const {
        PipelineReport report;
        for (const TaskRecord& task : execution.tasks()) {
            const StageConfig* const stage = results->config_of(task.name);
            StageOutcome outcome{.name = task.name, .kind = stage->kind, .reason = task.reason, .cause = task.cause, .place = fmt::format("{}:{}", stage->file, stage->position.line), .log = work.log_of(task.name)};
            outcome.seconds = std::chrono::duration<double>(task.meta.end - task.meta.begin).count();
            const StageResult* const result = results->find(task.name);
            switch (task.status) {
                case TaskStatus::done: outcome.end = result != nullptr && result->reused ? StageEnd::reused : StageEnd::done; break;
                case TaskStatus::failed: outcome.end = StageEnd::failed; break;
                case TaskStatus::skipped: outcome.end = StageEnd::skipped; break;
                default: outcome.end = StageEnd::cancelled; break;
            }
            if (result != nullptr && stage->kind != "run")   // a file of that name of a command is its own
                for (SkippedItem& item : read_skipped_items(result->folder + "/" + std::string(skipped_items_file)))
                    report.failures.push_back({task.name, std::move(item.feature), std::move(item.reason), std::move(item.where)});
            if (outcome.end == StageEnd::failed)
                report.failures.push_back({task.name, "", task.reason, outcome.place});
            report.stages.push_back(std::move(outcome));
        }
        report.exit_code = execution.exit_code();
        if (report.exit_code == 0 && !report.failures.empty()) report.exit_code = 3;
        report.seconds = std::chrono::duration<double>(execution.wall).count();
        return report;
    }

    void write_failures(PipelineReport& report) const {
        const std::string path = (pipeline.out / "failures.tsv").string();
        if (report.failures.empty()) {
            std::error_code ignored;
            fs::remove(path, ignored);   // of a run before
            return;
        }
        std::string text = table_line({"stage", "feature", "reason", "where"});
        for (const RunFailure& failure : report.failures) text += table_line({failure.stage, failure.feature, failure.reason, failure.where});
        report.failures_file = path;
        if (fs::exists(path) && content_of_file(path) == text) return;
        fs::create_directories(pipeline.out);
        OutputFile file(path);
        file.write(text);
        file.commit();
    }
};

PipelineRun::PipelineRun(const Pipeline& pipeline, PipelineOptions options) : state_(std::make_unique<State>(pipeline, std::move(options))) {
    State& its = *state_;
    its.log.emplace(its.work.path, its.head());
    std::vector<EventSink> sinks{its.log->sink(), its.logs.sink()};
    if (its.options.events) sinks.push_back(its.options.events);
    if (its.options.stalled) sinks.push_back(its.stall.emplace(its.options.stalled, its.options.stall).sink());
    its.executor.emplace(ExecutorOptions{
        .threads = its.shop.threads, .resources = resources_of(its.pipeline, {its.shop.threads, its.shop.memory}), .events = to_all(std::move(sinks))});
    its.add_tasks(read_journal(its.work.journal()));
}

PipelineRun::~PipelineRun() = default;

void PipelineRun::drain() { state_->executor->drain(); }

PipelineReport PipelineRun::execute(const CancellationToken& cancel) {
    State& its = *state_;
    if (its.stall) its.stall->watch(*its.executor);
    const ExecutionReport execution = its.executor->execute(cancel);
    if (its.stall) its.stall->stop();

    for (const TaskRecord& task : execution.tasks()) {
        std::optional<JournalEntry> entry = task.status == TaskStatus::failed ? its.results->attempt_of(task.name) : std::nullopt;
        if (!entry) continue;
        entry->status = JournalStatus::failed;
        entry->attempt = task.meta.attempts;
        its.journal.append(*entry);
    }
    its.journal.commit();
    its.digests.save();
    PipelineReport report = its.report_of(execution);
    its.write_failures(report);
    its.log->finish(report.status(), report.exit_code);
    finish_report(its.pipeline, its.results, its.work, its.options, its.throughput, report);
    return report;
}

}  // namespace weft
