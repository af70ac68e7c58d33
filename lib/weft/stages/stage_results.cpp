#include "weft/stages/stage_results.hpp"

#include <utility>

namespace weft {

StageResults::StageResults(const Pipeline& pipeline) {
    configs_.reserve(pipeline.stages.size());
    for (const StageConfig& stage : pipeline.stages) configs_.emplace(stage.name, &stage);
}

const StageConfig* StageResults::config_of(std::string_view stage) const {
    const auto found = configs_.find(stage);
    return found == configs_.end() ? nullptr : found->second;
}

void StageResults::add(StageResult result) {
    const std::lock_guard lock{mutex_};
    const StageResult& kept = results_.emplace_back(std::move(result));
    by_stage_.insert_or_assign(kept.stage, &kept);
}

const StageResult* StageResults::find(std::string_view stage) const {
    const std::lock_guard lock{mutex_};
    const auto found = by_stage_.find(stage);
    return found == by_stage_.end() ? nullptr : found->second;
}

void StageResults::attempt(const std::string& stage, JournalEntry entry) {
    const std::lock_guard lock{mutex_};
    attempts_.insert_or_assign(stage, std::move(entry));
}

std::optional<JournalEntry> StageResults::attempt_of(const std::string& stage) const {
    const std::lock_guard lock{mutex_};
    const auto found = attempts_.find(stage);
    return found == attempts_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace weft
