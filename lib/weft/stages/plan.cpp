#include "weft/stages/plan.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <memory>
#include <unordered_map>

#include <fmt/format.h>

#include "weft/executor/journal.hpp"
#include "weft/model/error.hpp"
#include "weft/stages/run_pipeline.hpp"
#include "weft/stages/stage_execution.hpp"

namespace weft {
namespace {

class Planner {
public:
    Planner(const Pipeline& pipeline, const std::string& until)
        : work_{pipeline.work.string()}, order_(stages_until(pipeline, until)), stages_(ready_stages(pipeline)),
          digests_(work_.digests()), history_(read_journal(work_.journal())), results_(std::make_shared<StageResults>(pipeline)) {
        // The store creates its folders when it is opened, and a plan must leave everything as it was.
        if (std::filesystem::exists(work_.path + "/store") && std::filesystem::exists(work_.path + "/quarantine")) store_.emplace(work_.path);
    }

    Plan plan() {
        Plan plan;
        std::unordered_map<std::string, std::chrono::milliseconds> ends;
        for (const std::size_t i : order_) {
            plan.stages.push_back(look_at(stages_[i]));
            const PlannedStage& stage = plan.stages.back();
            std::chrono::milliseconds start{0};
            for (const std::string& needed : stage.needs) start = std::max(start, ends[needed]);
            const bool works = stage.state != PlannedState::up_to_date;
            ends[stage.name] = start + (works ? stage.expected.value_or(std::chrono::milliseconds{0}) : std::chrono::milliseconds{0});
            plan.expected = std::max(plan.expected, ends[stage.name]);
            plan.unknown_times += works && !stage.expected;
        }
        plan.results = results_;
        return plan;
    }

private:
    PlannedStage look_at(const ReadyStage& stage) {
        const StageConfig& config = *stage.config;
        PlannedStage planned{.name = config.name, .kind = config.kind, .needs = config.needs};
        const auto known = history_.tasks.find(config.name);
        const TaskHistory* const last = known == history_.tasks.end() ? nullptr : &known->second;
        if (last != nullptr) {
            planned.last_key = last->last.key;
            if (last->milliseconds) planned.expected = std::chrono::milliseconds{*last->milliseconds};
        }
        for (const std::string& needed : config.needs)
            if (results_->find(needed) == nullptr) planned.reasons.push_back(fmt::format("'{}' has to run first", needed));
        if (!planned.reasons.empty()) {
            if (last == nullptr) planned.reasons = {"it never ran here"};
            else planned.state = PlannedState::undecided;
            return planned;
        }
        const StageInputs inputs(config, results_);
        std::vector<std::string> input_names;
        planned.key = content_key(stage, inputs, digests_, &input_names);
        if (!config.settings.get<bool>("cache")) planned.reasons.push_back("it has `cache: off`");
        else if (std::string always = stage.code->runs_always(); !always.empty()) planned.reasons.push_back(std::move(always));
        else look_into_store(stage, inputs, last, input_names, planned);
        return planned;
    }

    void look_into_store(const ReadyStage& stage, const StageInputs& inputs, const TaskHistory* last, const std::vector<std::string>& input_names,
                         PlannedStage& planned) {
        std::vector<std::string> problems;
        const std::optional<StoredResult> stored = store_ ? store_->look_at(planned.key->digest(), problems) : std::nullopt;
        if (!problems.empty()) {
            planned.reasons.push_back(fmt::format("its stored result is damaged: {}", problems.front()));
        } else if (stored) {
            planned.state = PlannedState::up_to_date;
            planned.reasons.emplace_back("nothing it depends on has changed");
            results_->add(result_in(stage, *stored, inputs, digests_));
        } else {
            planned.reasons = why(last, *planned.key, input_names);
        }
    }

    static std::vector<std::string> why(const TaskHistory* last, const ContentKey& key, const std::vector<std::string>& input_names) {
        if (last == nullptr) return {"it never ran here"};
        std::vector<std::string> reasons;
        for (const KeyDifference& difference : differences(last->last.key, key)) reasons.push_back(difference_text(difference, input_names));
        if (!reasons.empty()) return reasons;
        if (last->last.status == JournalStatus::failed) return {"it failed last time"};
        return {"its result was removed"};
    }

    WorkFolder work_;
    std::vector<std::size_t> order_;
    std::vector<ReadyStage> stages_;
    InputDigests digests_;
    JournalContent history_;
    std::optional<ResultStore> store_{};
    std::shared_ptr<StageResults> results_;
};

}  // namespace

std::size_t Plan::count(PlannedState state) const {
    return static_cast<std::size_t>(std::count_if(stages.begin(), stages.end(), [&](const PlannedStage& stage) { return stage.state == state; }));
}

Plan plan_pipeline(const Pipeline& pipeline, const std::string& until) { return Planner(pipeline, until).plan(); }

std::string difference_text(const KeyDifference& difference, const std::vector<std::string>& input_names) {
    std::string field = difference.field;
    if (field.starts_with("parameters.")) field = field.substr(std::string_view("parameters.").size());
    std::size_t index = 0;
    if (field.starts_with("inputs[")) {
        std::from_chars(field.data() + 7, field.data() + field.size(), index);
        if (index < input_names.size()) return fmt::format("the content of its input '{}' has changed", input_names[index]);
    }
    if (difference.old_value.empty()) return fmt::format("{} is new: {}", field, difference.new_value);
    if (difference.new_value.empty()) return fmt::format("{} is gone: it was {}", field, difference.old_value);
    return fmt::format("{} was {}, now it is {}", field, difference.old_value, difference.new_value);
}

}  // namespace weft
