#include "weft/stages/stage.hpp"

#include <chrono>
#include <deque>
#include <set>

#include <fmt/format.h>

#include "weft/executor/this_process.hpp"
#include "weft/model/error.hpp"

namespace weft {

std::vector<const StageResult*> StageInputs::direct() const {
    std::vector<const StageResult*> found;
    for (const std::string& name : stage_.needs)
        if (const StageResult* result = result_of(name)) found.push_back(result);
    return found;
}

const StageResult* StageInputs::result_of(std::string_view stage) const {
    return results_->find(stage);
}

std::vector<const StageConfig*> StageInputs::upstream() const {
    std::vector<const StageConfig*> found;
    std::set<std::string_view> seen;
    std::deque<const StageConfig*> open{&stage_};
    for (; !open.empty(); open.pop_front()) {
        for (const std::string& name : open.front()->needs) {
            if (!seen.insert(name).second) continue;
            const StageConfig* const other = results_->config_of(name);
            if (other == nullptr) continue;
            found.push_back(other);
            open.push_back(other);
        }
    }
    return found;
}

const StageOutput* StageInputs::find(std::string_view output) const {
    for (const StageConfig* stage : upstream()) {
        const StageResult* const result = result_of(stage->name);
        if (result == nullptr) continue;
        const auto found = result->outputs.find(std::string(output));
        if (found != result->outputs.end()) return &found->second;
    }
    return nullptr;
}

const StageOutput& StageInputs::get(std::string_view output, std::string_view missing) const {
    if (const StageOutput* const found = find(output)) return *found;
    throw UsageError{{fmt::format("stage '{}'", stage_.name), fmt::format("no stage before it gives '{}'", output), std::string(missing)}};
}

const StageConfig* StageInputs::stage_of_kind(std::string_view kind) const {
    for (const StageConfig* stage : upstream())
        if (stage->kind == kind) return stage;
    return nullptr;
}

std::optional<StoredResult> Workshop::sound_result(const ContentKey& key, TaskContext& task) {
    std::vector<std::string> problems;
    std::optional<StoredResult> result = store.look_at(key.digest(), problems);
    if (problems.empty()) return result;
    // Once more with nobody beside us: meanwhile another task may have put it aside and made a sound one.
    const std::lock_guard lock{putting_aside};
    problems.clear();
    result = store.look_at(key.digest(), problems);
    if (problems.empty()) return result;
    const std::string place = store.quarantine(key.digest(), fmt::format("{}\n", fmt::join(problems, "\n")));
    task.log(fmt::format("a stored result is damaged and was put aside ({}): {}", place, problems.front()));
    return std::nullopt;
}

std::string StageRun::part(const std::string& part, const PartKey& key, TaskContext& context,
                           const std::function<void(const ResultDraft&)>& make) const {
    const ContentKey content = key.content();
    if (std::optional<StoredResult> known = shop.sound_result(content, context)) return std::move(known->folder);
    const auto start = std::chrono::steady_clock::now();
    ResultDraft draft = shop.store.begin(content);
    make(draft);
    context.cancel().throw_if_requested();
    JournalEntry entry{.key = content, .task = stage.name + "/" + part, .inputs = key.key.input_names, .attempt = context.attempt(), .host = host_name()};
    entry.milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start).count();
    std::string kept = shop.store.publish(std::move(draft), entry);
    shop.journal.append(entry);
    return kept;
}

}  // namespace weft
