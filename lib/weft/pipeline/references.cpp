#include "weft/pipeline/references.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_set>
#include <utility>

namespace weft {
namespace {

// Ten variables that each use the one before ten times make ten thousand million letters. No honest file comes near these.
constexpr std::size_t most_produced = std::size_t{4} << 20;   // bytes and nodes
constexpr std::size_t most_nested = 100;

constexpr std::array<std::string_view, 3> reserved_names{"cpu", "input", "output"};

const ConfigNode refused_node{.form = ConfigNode::Form::refused};

bool is_name_letter(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9') || letter == '_' ||
           letter == '-' || letter == '.';
}

/// A stretch of a text before look-up.
struct RawPart {
    enum class Kind { literal, reference, broken };

    Kind kind = Kind::literal;
    std::string text{};
    std::size_t offset = 0;
};

std::vector<RawPart> split(std::string_view text) {
    std::vector<RawPart> parts;
    std::size_t begin = 0;
    const auto literal = [&](std::size_t end) {
        if (end > begin) parts.push_back({RawPart::Kind::literal, std::string(text.substr(begin, end - begin)), begin});
    };
    for (std::size_t dollar = text.find("${"); dollar != text.npos; dollar = text.find("${", dollar)) {
        if (dollar > begin && text[dollar - 1] == '$') {
            literal(dollar - 1);
            begin = dollar;   // of $${ the first $ goes
            dollar += 2;
            continue;
        }
        literal(dollar);
        const std::size_t close = text.find('}', dollar);
        const std::string_view name = text.substr(dollar + 2, close == text.npos ? text.npos : close - dollar - 2);
        const bool good = close != text.npos && !name.empty() && std::all_of(name.begin(), name.end(), is_name_letter);
        begin = close == text.npos ? text.size() : close + 1;
        const std::string_view whole = text.substr(dollar, begin - dollar);
        parts.push_back(good ? RawPart{RawPart::Kind::reference, std::string(name), dollar}
                             : RawPart{RawPart::Kind::broken, std::string(whole), dollar});
        dollar = begin;
    }
    literal(text.size());
    return parts;
}

/// A value that is used elsewhere: what is wrong with it is shown where it is used.
ConfigNode moved_to(const ConfigNode& use, ConfigNode node) {
    node.position = use.position;
    node.source = use.source;
    node.written.clear();
    node.parts.clear();
    if (node.is_scalar()) node.parts.push_back({.kind = TextPart::Kind::value, .text = node.text});
    for (ConfigNode& item : node.items) item = moved_to(use, std::move(item));
    for (ConfigEntry& entry : node.entries) {
        entry.key = moved_to(use, std::move(entry.key));
        entry.value = moved_to(use, std::move(entry.value));
    }
    return node;
}

std::size_t size_of(const ConfigNode& node) {
    std::size_t size = 1 + node.text.size();
    for (const ConfigNode& item : node.items) size += size_of(item);
    for (const ConfigEntry& entry : node.entries) size += size_of(entry.key) + size_of(entry.value);
    return size;
}

void collect_names(const ConfigNode& map, const std::string& before, std::vector<std::string>& names) {
    for (const ConfigEntry& entry : map.entries) {
        names.push_back(before + entry.key.text);
        if (entry.value.is_map()) collect_names(entry.value, names.back() + ".", names);
    }
}

}  // namespace

bool is_late_name(std::string_view name) { return name == "cpu" || name.starts_with("input.") || name.starts_with("output."); }

References::References(const ConfigNode* vars, ProblemList& problems) : vars_(vars), problems_(problems) {
    if (!vars_) return;
    for (const ConfigEntry& entry : vars_->entries)
        if (std::find(reserved_names.begin(), reserved_names.end(), entry.key.text) != reserved_names.end())
            problems_.add(entry.key.problem(
                problem_code::name,
                fmt::format("'{}' in vars: only a running task knows ${{{}}}; take another name", entry.key.text, entry.key.text)));
    check_names(*vars_, "vars");
    for (const ConfigEntry& entry : vars_->entries) variable(entry.key.text, {entry.value, 0}, {});
}

void References::check_names(const ConfigNode& map, const std::string& owner) {
    std::unordered_set<std::string_view> seen;
    for (const ConfigEntry& entry : map.entries) {
        if (!seen.insert(entry.key.text).second)
            problems_.add(entry.key.problem(problem_code::repeated_key, fmt::format("key '{}' stands twice in {}", entry.key.text, owner)));
        check_names(entry.value, owner + "." + entry.key.text);
    }
}

bool References::has(std::string_view name) const { return vars_ && vars_->find(name) != nullptr; }

ConfigNode References::resolve(const ConfigNode& node, const ReferenceScope& scope) {
    if (node.is_scalar()) return resolve_scalar(node, scope);
    ConfigNode resolved = node;
    for (ConfigNode& item : resolved.items) item = resolve(item, scope);
    for (ConfigEntry& entry : resolved.entries) entry.value = resolve(entry.value, scope);
    return resolved;
}

ConfigNode References::resolve_scalar(const ConfigNode& node, const ReferenceScope& scope) {
    if (!node.parts.empty() || node.text.find("${") == std::string::npos) return node;
    ConfigNode resolved = node;
    resolved.written = std::exchange(resolved.text, {});
    const std::vector<RawPart> raw_parts = split(node.text);
    bool refused = false;
    for (const RawPart& raw : raw_parts) {
        const Use use{node, raw.offset};
        TextPart part{.kind = TextPart::Kind::literal, .text = raw.text, .offset = raw.offset};
        if (raw.kind == RawPart::Kind::broken) {
            complain(use, problem_code::reference_syntax,
                     fmt::format("'{}' is no reference such as ${{name}}; a literal ${{ is written $${{", raw.text));
            refused = true;
        } else if (raw.kind == RawPart::Kind::reference) {
            if (std::optional<TextPart> own = foreach_part(raw.text, scope)) {
                part.kind = own->kind;
                part.text = own->text;
            } else if (is_late_name(raw.text) && scope.late) {
                part.kind = TextPart::Kind::late;
                part.position = late_position(node, raw.offset);
            } else {
                const ConfigNode& value = variable(raw.text, use, scope);
                const bool text = value.is_scalar() || value.form == ConfigNode::Form::nothing;
                if (!text && value.form != ConfigNode::Form::refused && raw_parts.size() == 1)
                    return grows_too_much(value, use) ? refused_node : moved_to(node, value);
                if (!text && value.form != ConfigNode::Form::refused)
                    complain(use, problem_code::reference_place,
                             fmt::format("'{}' is {} and cannot stand inside a text", raw.text, value.found()));
                refused = refused || !text || grows_too_much(value, use);
                part.kind = TextPart::Kind::value;
                part.text = value.text;
            }
        }
        resolved.text += part.kind == TextPart::Kind::late ? "${" + part.text + "}" : part.text;
        resolved.parts.push_back(std::move(part));
    }
    if (refused) resolved.form = ConfigNode::Form::refused;
    return resolved;
}

/// A foreach asks for the same place once per item, and each time the file would be walked from its beginning.
TextPosition References::late_position(const ConfigNode& node, std::size_t offset) {
    const auto [known, first] = late_positions_.try_emplace({node.source.get(), node.position.line, node.position.column, offset});
    if (first) known->second = node.position_of(offset);
    return known->second;
}

std::optional<TextPart> References::foreach_part(const std::string& name, const ReferenceScope& scope) const {
    if (scope.variable.empty()) return std::nullopt;
    if (name == scope.variable + ".key") return TextPart{.kind = TextPart::Kind::value, .text = scope.key};
    if (name == scope.variable + ".value") return TextPart{.kind = TextPart::Kind::value, .text = scope.value};
    return std::nullopt;
}

const ConfigNode& References::variable(const std::string& name, const Use& use, const ReferenceScope& scope) {
    if (const auto known = resolved_.find(name); known != resolved_.end()) return known->second;
    if (const auto again = std::find(open_.begin(), open_.end(), name); again != open_.end()) {
        std::string cycle;
        for (auto step = again; step != open_.end(); ++step) cycle += *step + " -> ";
        return complain(use, problem_code::reference_cycle, fmt::format("cycle among vars: {}{}", cycle, name));
    }
    if (open_.size() == most_nested)
        return complain(use, problem_code::reference_growth, fmt::format("references go through more than {} others", most_nested));
    const ConfigNode* raw = find_variable(name, use);
    if (!raw) {
        if (is_late_name(name))
            return complain(use, problem_code::reference_place,
                            fmt::format("only a running task knows ${{{}}}; it may not stand here", name));
        const std::string advice =
            scope.late ? fmt::format("; a variable of the shell is written ${} or $${{{}}}", name, name) : std::string();
        return complain(use, problem_code::unknown_reference,
                        fmt::format("nothing is called '{}'{}", name, suggestion(name, known_names(scope)) + advice));
    }
    open_.push_back(name);
    ConfigNode value = resolve(*raw);
    open_.pop_back();
    return resolved_.insert_or_assign(name, std::move(value)).first->second;
}

const ConfigNode* References::find_variable(std::string_view name, const Use& use) {
    const ConfigNode* at = vars_;
    std::size_t begin = 0;
    while (at && begin <= name.size()) {
        // A variable that is itself one reference to a map is looked up before the name goes on into it.
        if (at->is_scalar()) at = &variable(std::string(name.substr(0, begin - 1)), use, {});
        if (at->form == ConfigNode::Form::refused) return at;
        if (!at->is_map()) return nullptr;
        const std::size_t end = std::min(name.find('.', begin), name.size());
        at = at->find(name.substr(begin, end - begin));
        begin = end + 1;
    }
    return at;
}

bool References::grows_too_much(const ConfigNode& added, const Use& use) {
    produced_ += size_of(added);
    if (produced_ <= most_produced) return false;
    complain(use, problem_code::reference_growth, fmt::format("the references of this file grow to more than {} MB", most_produced >> 20));
    return true;
}

std::vector<std::string> References::known_names(const ReferenceScope& scope) const {
    std::vector<std::string> names;
    if (vars_) collect_names(*vars_, "", names);
    if (!scope.variable.empty()) names.insert(names.end(), {scope.variable + ".key", scope.variable + ".value"});
    if (scope.late) names.push_back("cpu");
    return names;
}

const ConfigNode& References::complain(const Use& use, std::string_view code, std::string message) {
    problems_.add(use.node.problem_at(use.offset, code, std::move(message)));
    return refused_node;
}

}  // namespace weft
