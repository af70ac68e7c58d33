// What a run would do, and why, before it does anything: the same keys, looked up without writing a byte.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "weft/executor/content_key.hpp"
#include "weft/pipeline/pipeline.hpp"
#include "weft/stages/stage.hpp"

namespace weft {

enum class PlannedState : std::uint8_t {
    up_to_date,   // its result is in the store
    runs,         // it has to be made
    undecided,    // depends on what a stage before it gives: made again only if that comes out different
};

struct PlannedStage {
    std::string name{};
    std::string kind{};
    std::vector<std::string> needs{};
    PlannedState state = PlannedState::runs;
    std::vector<std::string> reasons{};                    // in words, at least one
    std::optional<std::chrono::milliseconds> expected{};   // from an earlier run
    std::optional<ContentKey> key{};                       // of the result that is wanted; none while undecided
    std::optional<ContentKey> last_key{};                  // of the result that was made last
};

struct Plan {
    std::vector<PlannedStage> stages{};                    // in running order
    std::chrono::milliseconds expected{};                  // along the longest path of what runs, as far as times are known
    std::size_t unknown_times = 0;                         // stages that run and never did before
    std::shared_ptr<const StageResults> results{};            // of the stages that are up to date

    std::size_t count(PlannedState state) const;
};

/// Looks at inputs, store and journal; writes nothing. Throws UsageError (unknown `until`), ConfigError, and SystemError for an input that
/// is missing.
Plan plan_pipeline(const Pipeline& pipeline, const std::string& until = "");

/// A difference between two keys in words: "parameter where: "identity >= 0.9" became "identity >= 0.95"". `input_names` are those of
/// the stage's inputs in the order of the key.
std::string difference_text(const KeyDifference& difference, const std::vector<std::string>& input_names);

}  // namespace weft
