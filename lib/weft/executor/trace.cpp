#include "weft/executor/trace.hpp"

#include <string_view>

#include <fmt/format.h>

#include "weft/executor/json_text.hpp"
#include "weft/executor/run_timeline.hpp"

namespace weft {
namespace {

// What the viewer takes for processes are groups of lanes to us.
constexpr int stage_group = 1;
constexpr int task_group = 2;
constexpr int counter_group = 3;
constexpr std::size_t most_points = 100'000;   // of the curve of running tasks

class TraceWriter {
public:
    /// `rest` are further fields, each with a comma in front.
    void event(char phase, int group, std::size_t lane, std::string_view name, const std::string& rest) {
        text_ += text_.empty() ? "{\"displayTimeUnit\":\"ms\",\"traceEvents\":[\n" : ",\n";
        text_ += fmt::format("{{\"ph\":\"{}\",\"pid\":{},\"tid\":{},\"name\":{}{}}}", phase, group, lane, json_string(name), rest);
    }

    void name_group(int group, std::string_view name) {
        event('M', group, 0, "process_name", fmt::format(",\"args\":{{\"name\":{}}}", json_string(name)));
        event('M', group, 0, "process_sort_index", fmt::format(",\"args\":{{\"sort_index\":{}}}", group));
    }

    void name_lane(int group, std::size_t lane, std::string_view name) {
        event('M', group, lane, "thread_name", fmt::format(",\"args\":{{\"name\":{}}}", json_string(name)));
        event('M', group, lane, "thread_sort_index", fmt::format(",\"args\":{{\"sort_index\":{}}}", lane));
    }

    void complete(int group, std::size_t lane, std::string_view name, std::string_view category, Microseconds begin, Microseconds end,
                  const std::string& args) {
        event('X', group, lane, name,
              fmt::format(",\"cat\":{},\"ts\":{},\"dur\":{},\"args\":{{{}}}", json_string(category), begin.count(), (end - begin).count(),
                          args));
    }

    void counter(std::string_view name, Microseconds at, const std::string& value) {
        event('C', counter_group, 0, name, fmt::format(",\"ts\":{},\"args\":{{{}}}", at.count(), value));
    }

    std::string end(const RunEvents& run) {
        return text_ + fmt::format("\n],\"otherData\":{{\"pipeline\":{},\"command\":{},\"started\":{},\"status\":{}}}}}\n",
                                   json_string(run.head.pipeline), json_string(run.head.command), json_string(run.head.started),
                                   json_string(run.status));
    }

private:
    std::string text_{};
};

void write_stages(TraceWriter& trace, const RunTimeline& timeline) {
    trace.name_group(stage_group, "stages");
    for (std::size_t i = 0; i < timeline.stages.size(); ++i) {
        const StageTime& stage = timeline.stages[i];
        trace.name_lane(stage_group, i + 1, stage.plan.name);
        if (!stage.begin || !stage.end) continue;
        std::string args =
            fmt::format("\"status\":{},\"kind\":{},\"critical\":{},\"attempts\":{},\"sub-tasks\":{}", json_string(stage.status),
                        json_string(stage.plan.kind), stage.critical, stage.attempts, stage.sub_tasks);
        if (!stage.reason.empty()) args += fmt::format(",\"reason\":{}", json_string(stage.reason));
        trace.complete(stage_group, i + 1, stage.plan.name, "stage", *stage.begin, *stage.end, args);
    }
}

void write_tasks(TraceWriter& trace, const RunTimeline& timeline) {
    trace.name_group(task_group, "tasks");
    for (int lane = 1; lane <= timeline.lanes; ++lane)
        trace.name_lane(task_group, static_cast<std::size_t>(lane), fmt::format("lane {}", lane));
    for (const WorkSpan& span : timeline.spans) {
        std::string args = fmt::format("\"status\":{},\"attempt\":{}", json_string(name_of(span.status)), span.attempt);
        if (span.ready) args += fmt::format(",\"waited us\":{}", (span.begin - *span.ready).count());
        trace.complete(task_group, static_cast<std::size_t>(span.lane) + 1, span.name, timeline.stages[span.stage].plan.name, span.begin,
                       span.end, args);
    }
}

/// Retries and log lines, on the lanes of their stages.
void write_instants(TraceWriter& trace, const RunEvents& run, const RunTimeline& timeline) {
    for (const LoggedEvent& event : run.events) {
        if (event.kind != TaskEventKind::retrying && event.kind != TaskEventKind::log) continue;
        trace.event('i', stage_group, timeline.stage_of[event.task] + 1, event.kind == TaskEventKind::log ? "log" : "retry",
                    fmt::format(",\"cat\":\"event\",\"s\":\"t\",\"ts\":{},\"args\":{{\"task\":{},\"text\":{}}}", event.at.count(),
                                json_string(run.names[event.task]), json_string(event.text)));
    }
}

void write_counters(TraceWriter& trace, const RunEvents& run, const RunTimeline& timeline) {
    trace.name_group(counter_group, "process");
    for (const auto& [at, count] : running_curve(timeline, most_points))
        trace.counter("running tasks", at, fmt::format("\"tasks\":{}", count));
    for (const ResourceSample& sample : run.samples) {
        trace.counter("CPU %", sample.at, fmt::format("\"percent\":{:.1f}", sample.cpu_percent));
        trace.counter("memory", sample.at, fmt::format("\"bytes\":{}", sample.resident));
    }
}

}  // namespace

std::string trace_json(const RunEvents& run) {
    const RunTimeline timeline = timeline_of(run);
    TraceWriter trace;
    write_stages(trace, timeline);
    write_tasks(trace, timeline);
    write_instants(trace, run, timeline);
    write_counters(trace, run, timeline);
    return trace.end(run);
}

}  // namespace weft
