// What tasks say, in one file per stage: WORK/logs/STAGE.log. The log of the run before is replaced when a stage begins.
#pragma once

#include <map>
#include <mutex>
#include <string>

#include "weft/executor/file_steps.hpp"
#include "weft/executor/task_event.hpp"
#include "weft/stages/work_folder.hpp"

namespace weft {

class StageLogs {
public:
    explicit StageLogs(WorkFolder work);

    /// For ExecutorOptions::events; must outlive the executor. Any thread.
    EventSink sink();

private:
    void add(const TaskEvent& event);

    WorkFolder work_;
    std::mutex mutex_{};
    std::map<std::string, OpenFile, std::less<>> files_{};   // by stage
};

}  // namespace weft
