#include "weft/executor/run_events.hpp"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <optional>

#include <nlohmann/json.hpp>

#include "weft/executor/file_steps.hpp"
#include "weft/model/error.hpp"

namespace weft {
namespace {

using nlohmann::json;
using std::chrono::microseconds;

constexpr const char* no_log = "is not the log of a run";

StageHead stage_head(const json& stage) {
    StageHead head{.name = stage.at("name").get<std::string>(),
                   .kind = stage.value("kind", ""),
                   .needs = stage.value("needs", std::vector<std::string>{})};
    head.demand.cpu = stage.value("cpu", 1);
    head.demand.memory = stage.value("memory", std::int64_t{0});
    head.demand.io = stage.value("io", 0);
    head.demand.named = stage.value("uses", std::map<std::string, int>{});
    head.blocking = stage.value("blocking", false);
    head.external = stage.value("external", false);
    return head;
}

RunHead run_head(std::string_view line, const std::string& path) {
    const json head = json::parse(line, nullptr, false);
    if (!head.is_object() || !head.contains("weft_events"))
        throw FormatError({path, no_log, "give the events.jsonl of a work folder"});
    if (head["weft_events"] != event_log_version)
        throw FormatError({path,
                           "is of version " + head["weft_events"].dump().substr(0, 20) + ", known is " + std::to_string(event_log_version),
                           "read it with the weft that wrote it"});
    try {
        RunHead result{.pipeline = head.value("pipeline", ""), .command = head.value("command", ""), .started = head.value("started", "")};
        result.threads = head.value("threads", 0);
        result.memory = head.value("memory", std::int64_t{0});
        result.io = head.value("io", 0);
        result.limits = head.value("limits", std::map<std::string, int>{});
        for (const json& stage : head.value("stages", json::array())) result.stages.push_back(stage_head(stage));
        return result;
    } catch (const json::exception& error) {
        throw FormatError({path, std::string("has a damaged first line: ") + error.what(), ""});
    }
}

std::optional<TaskEventKind> event_kind(const std::string& name) {
    constexpr std::string_view names[] = {"started", "progress", "log", "retrying", "ended"};
    const auto found = std::find(std::begin(names), std::end(names), name);
    if (found == std::end(names)) return std::nullopt;
    return static_cast<TaskEventKind>(found - std::begin(names));
}

TaskStatus task_status(const std::string& name) {
    for (const TaskStatus status : {TaskStatus::done, TaskStatus::failed, TaskStatus::skipped, TaskStatus::cancelled})
        if (name == name_of(status)) return status;
    throw FormatError({"", "no task ends as '" + name + "'", ""});
}

/// Adds lines to what is known already.
class LineReader {
public:
    explicit LineReader(RunEvents& run) : run_(run) {}

    /// Throws json::exception or FormatError when the line is damaged.
    void add(std::string_view text) {
        const json line = json::parse(text);
        const microseconds at{line.at("at").get<std::int64_t>()};
        const auto name = line.at("event").get<std::string>();
        if (const auto kind = event_kind(name)) add_event(line, at, *kind);
        else if (name == "sample") add_sample(line, at);
        else if (name == "reused") run_.reused.insert(line.at("task").get<std::string>());
        else if (name == "end") add_end(line);
        run_.end = std::max(run_.end, at);
    }

private:
    void add_event(const json& line, microseconds at, TaskEventKind kind) {
        LoggedEvent event{
            .kind = kind, .attempt = line.value("attempt", 1), .at = at, .ready = microseconds(line.value("ready", std::int64_t{0}))};
        if (kind == TaskEventKind::ended) event.status = task_status(line.at("status").get<std::string>());
        if (kind == TaskEventKind::progress) event.progress = {line.at("done").get<std::uint64_t>(), line.value("total", std::uint64_t{0})};
        event.text = line.value("text", "");
        event.cause = line.value("cause", "");
        event.task = index_of(line.at("task").get<std::string>());
        run_.events.push_back(std::move(event));
    }

    void add_sample(const json& line, microseconds at) {
        run_.samples.push_back({.at = at,
                                .cpu_percent = line.at("cpu").get<double>(),
                                .crowded_percent = line.value("crowded", 0.0),
                                .resident = line.at("rss").get<std::uint64_t>(),
                                .swapped = line.value("swap", std::uint64_t{0}),
                                .read_bytes = line.value("read", std::uint64_t{0}),
                                .written_bytes = line.value("written", std::uint64_t{0})});
        run_.peak_memory = std::max(run_.peak_memory, run_.samples.back().resident);
    }

    void add_end(const json& line) {
        const int exit_code = line.at("exit_code").get<int>();
        run_.status = line.at("status").get<std::string>();
        run_.exit_code = exit_code;
        run_.peak_memory = std::max(run_.peak_memory, line.value("peak_rss", std::uint64_t{0}));
    }

    std::uint32_t index_of(std::string name) {
        const auto [known, is_new] = index_.try_emplace(std::move(name), static_cast<std::uint32_t>(run_.names.size()));
        if (is_new) run_.names.push_back(known->first);
        return known->second;
    }

    RunEvents& run_;
    std::map<std::string, std::uint32_t> index_{};
};

}  // namespace

std::string event_log_path(const std::string& work_folder) { return work_folder + "/events.jsonl"; }
std::string previous_event_log_path(const std::string& work_folder) { return work_folder + "/events.previous.jsonl"; }

RunEvents read_event_log(const std::string& path) {
    const std::string text = content_of_file(path);
    std::string_view rest = text;
    const auto next_line = [&] {
        const std::size_t end = rest.find('\n');
        const std::string_view line = rest.substr(0, end == std::string_view::npos ? 0 : end);
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        return line;
    };
    RunEvents run{.head = run_head(next_line(), path)};
    LineReader reader(run);
    while (rest.find('\n') != std::string_view::npos) {
        try {
            reader.add(next_line());
        } catch (const json::exception&) {
            ++run.damaged_lines;
        } catch (const FormatError&) {
            ++run.damaged_lines;
        }
    }
    return run;
}

}  // namespace weft
