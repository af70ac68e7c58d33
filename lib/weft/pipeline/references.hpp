// ${name}: values of `vars` inside other values.
//
// There is no other way to share a value, and no expressions: what a reference stands for can be read off the file. A literal ${ is
// written $${. Three names are not of `vars`: ${strain.key} and ${strain.value} of a stage's foreach, and those that only a running
// task knows (${input.STAGE.NAME}, ${output.NAME}, ${cpu}), which may stand in few keys and stay as they are until then.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "weft/pipeline/config_node.hpp"
#include "weft/pipeline/problem.hpp"

namespace weft {

/// The names that a text may use beside `vars`.
struct ReferenceScope {
    std::string variable{};   // of foreach; empty outside of one
    std::string key{};
    std::string value{};
    bool late = false;        // may use what only a running task knows
};

/// Whether a name is one that only a running task knows: "cpu", "input.filter.sam", "output.bam".
bool is_late_name(std::string_view name);

class References {
public:
    /// Checks all of `vars`, used or not; null when the file has none. `vars` and `problems` must outlive this object.
    References(const ConfigNode* vars, ProblemList& problems);

    /// The node with every reference looked up, in lists and maps too. A scalar that is one reference becomes what it refers to, which
    /// may be a list or a map. What cannot be looked up is `refused`, with a problem.
    ConfigNode resolve(const ConfigNode& node, const ReferenceScope& scope = {});

    /// Whether `vars` has this name.
    bool has(std::string_view name) const;

private:
    struct Use {
        const ConfigNode& node;
        std::size_t offset;
    };

    ConfigNode resolve_scalar(const ConfigNode& node, const ReferenceScope& scope);
    const ConfigNode& variable(const std::string& name, const Use& use, const ReferenceScope& scope);
    const ConfigNode* find_variable(std::string_view name, const Use& use);
    TextPosition late_position(const ConfigNode& node, std::size_t offset);
    std::optional<TextPart> foreach_part(const std::string& name, const ReferenceScope& scope) const;
    bool grows_too_much(const ConfigNode& added, const Use& use);
    void check_names(const ConfigNode& map, const std::string& owner);
    std::vector<std::string> known_names(const ReferenceScope& scope) const;
    const ConfigNode& complain(const Use& use, std::string_view code, std::string message);

    const ConfigNode* vars_;
    ProblemList& problems_;
    std::map<std::string, ConfigNode, std::less<>> resolved_{};   // by name; pointers into it stay
    std::vector<std::string> open_{};                             // names that are being looked up, outermost first
    std::map<std::tuple<const ConfigSource*, int, int, std::size_t>, TextPosition> late_positions_{};   // by node and offset
    std::size_t produced_ = 0;
};

}  // namespace weft
