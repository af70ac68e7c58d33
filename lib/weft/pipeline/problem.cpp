#include "weft/pipeline/problem.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "weft/model/nearest_names.hpp"

namespace weft {
namespace {

std::string lines_of(std::span<const ConfigProblem> problems) {
    std::string text;
    for (const ConfigProblem& problem : problems) text += problem.text() + "\n";
    return text + problem_summary(problems);
}

std::string counted(std::size_t count, std::string_view what) { return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s"); }

std::pair<int, int> order_of(const ConfigProblem& problem) {
    return {problem.position.line == 0 ? std::numeric_limits<int>::max() : problem.position.line, problem.position.column};
}

}  // namespace

std::string ConfigProblem::text() const {
    const std::string place = position.line == 0 ? file : fmt::format("{}:{}:{}", file, position.line, position.column);
    return fmt::format("{}: {}{} [{}]", place, warning ? "warning: " : "", message, code);
}

void ProblemList::add(ConfigProblem problem) {
    if (std::find(problems_.begin(), problems_.end(), problem) != problems_.end()) return;
    if (!problem.warning) ++errors_;
    problems_.push_back(std::move(problem));
}

std::vector<ConfigProblem> ProblemList::sorted() const {
    std::vector<ConfigProblem> sorted = problems_;
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const ConfigProblem& a, const ConfigProblem& b) { return order_of(a) < order_of(b); });
    return sorted;
}

ConfigError::ConfigError(std::vector<ConfigProblem> problems)
    : UsageError({.problem = lines_of(problems)}), problems_(std::move(problems)) {}

std::string problem_summary(std::span<const ConfigProblem> problems) {
    const auto warnings = static_cast<std::size_t>(
        std::count_if(problems.begin(), problems.end(), [](const ConfigProblem& problem) { return problem.warning; }));
    std::string text = counted(problems.size() - warnings, "problem");
    if (warnings > 0) text += ", " + counted(warnings, "warning");
    return text + "; nothing was started";
}

std::string suggestion(std::string_view word, std::span<const std::string> known) {
    NearestNames nearest{std::string(word)};
    for (const std::string& name : known) nearest.offer(name);
    const std::vector<std::string> names = nearest.names();
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i)
        text += fmt::format("{}'{}'", i == 0 ? "; did you mean " : i + 1 == names.size() ? " or " : ", ", names[i]);
    return text.empty() ? text : text + "?";
}

}  // namespace weft
