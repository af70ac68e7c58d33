// How many tasks of a stage run at once: what a pipeline may take of the machine, what each task asks for, and what follows from both.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "weft/executor/resources.hpp"
#include "weft/stages/stage_execution.hpp"

namespace weft {

/// What a run may use: as the pipeline says, or what this process may have of the machine.
struct Budget {
    int threads = 1;
    std::int64_t memory = 0;    // bytes
};
Budget budget_of(const Pipeline& pipeline);

Resources resources_of(const Pipeline& pipeline, const Budget& budget);

/// What one task of a stage (or each of its sub-tasks) holds while it runs; never more than there is.
Demand demand_of(const ReadyStage& stage, const Pipeline& pipeline, const Budget& budget);

struct StageWorkers {
    std::string stage{};
    std::string kind{};         // of the stage
    Demand demand{};            // of each task
    bool blocking = false;      // it mostly sleeps: threads beside those of the processors, two for each
    MostAtOnce most{};          // tasks of this stage alone
};

/// In the order of the file. Throws ConfigError as ready_stages does.
std::vector<StageWorkers> stage_workers(const Pipeline& pipeline);

}  // namespace weft
