#include "weft/stages/stage_logs.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>

#include <fmt/format.h>

namespace weft {

StageLogs::StageLogs(WorkFolder work) : work_(std::move(work)) { std::filesystem::create_directories(work_.logs()); }

EventSink StageLogs::sink() {
    return [this](const TaskEvent& event) { add(event); };
}

void StageLogs::add(const TaskEvent& event) {
    std::string line;
    if (event.kind == TaskEventKind::log) line = fmt::format("{}\n", event.text);
    else if (event.kind == TaskEventKind::retrying) line = fmt::format("attempt {} failed: {}; it is tried again\n", event.attempt, event.text);
    else if (event.kind == TaskEventKind::ended && event.status != TaskStatus::done && !event.text.empty())
        line = fmt::format("{}: {}\n", name_of(event.status), event.text);
    if (line.empty()) return;

    // "align/chunk 3" speaks in the log of "align". Names of stages have no slash.
    const std::string stage(event.task.substr(0, event.task.find('/')));
    const std::lock_guard lock{mutex_};
    const auto [file, fresh] = files_.try_emplace(stage);
    if (fresh) file->second = OpenFile(work_.log_of(stage), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND);
    (void)!::write(file->second.number(), line.data(), line.size());   // a log that cannot be written is no reason to stop
}

}  // namespace weft
