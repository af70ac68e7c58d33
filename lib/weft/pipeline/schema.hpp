// Which keys a pipeline file may have. The common ones stand in one table here; stage kinds bring theirs along as data.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "weft/pipeline/value_kind.hpp"

namespace weft {

struct KeySpec {
    /// What the values of a map of files mean to the checks across stages.
    enum class Role {
        plain,
        publishes,   // output name -> file below `out`; the names must be outputs of the stage kind
        declares,    // the same, and the names become outputs of this stage
        names,       // of a map of files: its names become outputs of this stage
    };

    std::string name{};
    ValueKind kind{};
    std::string help{};                  // one line
    std::string default_value{};         // as the file would have it; empty: none
    bool required = false;
    bool inherited = false;              // a stage without it has the file's value
    Role role = Role::plain;
    std::vector<KeySpec> members{};      // of a group: `max` of `retry` is the setting `retry.max`
};

struct StageKind {
    std::string name{};
    int version = 1;                       // part of what a stored result is known by
    std::string help{};
    std::vector<KeySpec> keys{};           // a key that has the name of a common one takes its place
    std::vector<std::string> outputs{};    // names that ${input.STAGE.NAME} and `publish` may use
};

struct PipelineSchema {
    std::vector<KeySpec> file_keys{};
    std::vector<StageKind> kinds{};        // with the common keys among their own

    const StageKind* find(std::string_view kind) const;
    std::vector<std::string> kind_names() const;
};

/// The only format there is: `weft: 1`.
inline constexpr int pipeline_format = 1;

/// Keys of a stage that say how it stands in the graph. They are read before any setting and are no settings.
inline constexpr std::string_view graph_keys[] = {"name", "stage", "needs", "foreach"};

PipelineSchema pipeline_schema(std::vector<StageKind> kinds);

std::vector<std::string> names_of(const std::vector<KeySpec>& keys);

}  // namespace weft
