#include "weft/stages/workers.hpp"

#include <algorithm>
#include <chrono>

#include "weft/bytes/this_machine.hpp"

namespace weft {

Budget budget_of(const Pipeline& pipeline) {
    return {pipeline.threads > 0 ? pipeline.threads : available_threads(),
            pipeline.memory ? static_cast<std::int64_t>(pipeline.memory->bytes) : available_memory()};
}

Resources resources_of(const Pipeline& pipeline, const Budget& budget) {
    Resources resources{.cpu = budget.threads, .memory = budget.memory};
    for (const auto& [name, count] : pipeline.limits) resources.named[name] = static_cast<int>(count);
    for (const StageConfig& stage : pipeline.stages)
        if (const auto* rate = stage.settings.get_if<EventRate>("rate")) {
            // So many starts at once, and then no more than that per stretch of time.
            const int count = std::max(1, static_cast<int>(rate->count));
            const auto period = std::chrono::duration_cast<std::chrono::nanoseconds>(rate->per) * (count / std::max(rate->count, 1e-9));
            resources.rates["rate of " + stage.base] = {count, std::chrono::duration_cast<std::chrono::nanoseconds>(period)};
        }
    return resources;
}

Demand demand_of(const ReadyStage& stage, const Pipeline& pipeline, const Budget& budget) {
    const Settings& settings = stage.config->settings;
    Demand demand;
    demand.cpu = std::min(static_cast<int>(settings.get<std::int64_t>("cpu")), budget.threads);
    const auto* given = settings.get_if<ByteSize>("memory");
    demand.memory = std::min<std::int64_t>(given != nullptr ? static_cast<std::int64_t>(given->bytes) : stage.code->usual_memory(), budget.memory);
    demand.io = static_cast<int>(settings.get<std::int64_t>("io"));
    if (const auto* uses = settings.get_if<std::vector<std::string>>("uses"))
        for (const std::string& name : *uses)
            if (std::any_of(pipeline.limits.begin(), pipeline.limits.end(), [&](const auto& limit) { return limit.first == name; })) demand.named[name] = 1;
    if (settings.get_if<EventRate>("rate") != nullptr) demand.rates.push_back("rate of " + stage.config->base);
    return demand;
}

std::vector<StageWorkers> stage_workers(const Pipeline& pipeline) {
    const Budget budget = budget_of(pipeline);
    const Resources resources = resources_of(pipeline, budget);
    std::vector<StageWorkers> workers;
    for (const ReadyStage& stage : ready_stages(pipeline)) {
        StageWorkers its{.stage = stage.config->name, .kind = stage.config->kind, .demand = demand_of(stage, pipeline, budget)};
        its.blocking = stage.config->settings.get<std::string>("kind") == "io";
        if (its.blocking) its.demand.cpu = 0;
        its.most = most_at_once(resources, its.demand);
        const int threads = blocking_threads_beside(budget.threads);
        if (its.blocking && its.most.count > threads) its.most = {threads, "threads"};
        workers.push_back(std::move(its));
    }
    return workers;
}

}  // namespace weft
