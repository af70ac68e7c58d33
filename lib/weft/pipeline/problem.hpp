// What is wrong with a pipeline file: all of it, in the order of its lines, so that a file is mended in one go and not in ten runs.
//
// Every message names line and column, what was found and what to write instead. The codes are for looking a message up and for
// scripts; a code never changes its meaning.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "weft/model/error.hpp"

namespace weft {

/// A place in a file, counted from 1 in lines and bytes. Line 0: the text came from the command line or the environment.
struct TextPosition {
    int line = 0;
    int column = 0;

    bool operator==(const TextPosition&) const = default;
};

namespace problem_code {
inline constexpr std::string_view syntax = "W100";              // no YAML
inline constexpr std::string_view version = "W101";             // `weft:` is missing or of another version
inline constexpr std::string_view unknown_key = "W102";
inline constexpr std::string_view repeated_key = "W103";
inline constexpr std::string_view value = "W104";               // of the wrong type or out of range
inline constexpr std::string_view missing_key = "W105";
inline constexpr std::string_view unknown_kind = "W106";        // `stage:` names no stage kind
inline constexpr std::string_view refused_yaml = "W107";        // aliases, merge keys, several documents
inline constexpr std::string_view name = "W108";                // a name with letters that names cannot have
inline constexpr std::string_view unknown_need = "W110";
inline constexpr std::string_view cycle = "W111";
inline constexpr std::string_view repeated_stage = "W112";
inline constexpr std::string_view unknown_reference = "W120";
inline constexpr std::string_view reference_cycle = "W121";
inline constexpr std::string_view reference_syntax = "W122";
inline constexpr std::string_view reference_place = "W123";     // a good reference where it cannot stand
inline constexpr std::string_view reference_growth = "W124";    // references that multiply
inline constexpr std::string_view checked_text = "W130";        // from 130 on: what a stage says of its own texts
inline constexpr std::string_view over_memory = "W140";
inline constexpr std::string_view over_threads = "W141";
inline constexpr std::string_view unknown_limit = "W142";
inline constexpr std::string_view unused_limit = "W143";        // warning
inline constexpr std::string_view two_writers = "W144";
inline constexpr std::string_view unknown_output = "W145";
inline constexpr std::string_view outside_output = "W146";      // publishes outside of `out`
inline constexpr std::string_view foreach_items = "W150";
inline constexpr std::string_view foreach_pairing = "W151";
inline constexpr std::string_view override_target = "W160";     // `--set` of something that does not exist
inline constexpr std::string_view unknown_variable = "W161";    // warning: an environment variable WEFT_*
}  // namespace problem_code

/// One thing that is wrong, or, as a warning, doubtful.
struct ConfigProblem {
    std::string file{};             // or the option or variable that the text came from
    TextPosition position{};
    std::string message{};
    std::string code{};
    bool warning = false;

    bool operator==(const ConfigProblem&) const = default;

    /// "yeast.yaml:21:5: unknown key 'memroy' in stage 'align'; did you mean 'memory'? [W102]"
    std::string text() const;
};

/// Gathers problems while a file is read.
class ProblemList {
public:
    /// A problem that is already there is not added again.
    void add(ConfigProblem problem);

    bool has_errors() const noexcept { return errors_ > 0; }

    /// By line and column; what has no line comes last, in the order in which it was found.
    std::vector<ConfigProblem> sorted() const;

private:
    std::vector<ConfigProblem> problems_{};
    std::size_t errors_ = 0;
};

/// A pipeline that cannot run, with every reason. `what()` is one line per problem and the summary.
class ConfigError : public UsageError {
public:
    explicit ConfigError(std::vector<ConfigProblem> problems);

    const std::vector<ConfigProblem>& problems() const noexcept { return problems_; }

private:
    std::vector<ConfigProblem> problems_;
};

/// "4 problems, 1 warning; nothing was started"
std::string problem_summary(std::span<const ConfigProblem> problems);

/// "; did you mean 'memory'?", or nothing when no known name is near.
std::string suggestion(std::string_view word, std::span<const std::string> known);

}  // namespace weft
