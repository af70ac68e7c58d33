#include "weft/pipeline/foreach_items.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>
#include <unordered_set>
#include <utility>

#include "weft/pipeline/read_value.hpp"

namespace weft {
namespace {

constexpr std::string_view glob_begin = "glob(\"";
constexpr std::string_view glob_end = "\")";
constexpr std::string_view wildcards = "*?";

class ForeachReader {
public:
    ForeachReader(const std::string& stage, const std::filesystem::path& folder, References& references, ProblemList& problems)
        : owner_(fmt::format("'foreach' of stage '{}'", stage)), folder_(folder), references_(references), problems_(problems) {}

    std::optional<ForeachItems> read(const ConfigNode& written) {
        const ConfigNode node = references_.resolve(written);
        if (node.form == ConfigNode::Form::refused) return std::nullopt;
        if (!node.is_map()) {
            return wrong(node, fmt::format("{} is {}; give one variable and what it goes over, such as {{ strain: ${{targets}} }}",
                                           owner_, node.found()));
        }
        const ConfigEntry* variable = nullptr;
        bool allow_empty = false;
        for (const ConfigEntry& entry : node.entries) {
            if (entry.key.text == "allow_empty")
                allow_empty = is_true(entry.value);
            else if (variable)
                return wrong(entry.key, fmt::format("{} has two variables, '{}' and '{}'; a stage goes over one", owner_,
                                                    variable->key.text, entry.key.text));
            else
                variable = &entry;
        }
        if (!variable) return wrong(node, fmt::format("{} names no variable; give one, such as {{ strain: ${{targets}} }}", owner_));
        if (references_.has(variable->key.text) || is_late_name(variable->key.text + ".") || variable->key.text == "cpu")
            return wrong(variable->key, fmt::format("'{}' in {} has a meaning already; take another name", variable->key.text, owner_));
        ForeachItems found{variable->key.text, {}};
        if (!read_items(variable->value, found.items)) return std::nullopt;
        if (found.items.empty() && !allow_empty)
            return wrong(variable->value, fmt::format("{} has nothing to go over; if that is fine, add 'allow_empty: true' to it", owner_));
        return found;
    }

private:
    std::nullopt_t wrong(const ConfigNode& node, std::string message) {
        problems_.add(node.problem(problem_code::foreach_items, std::move(message)));
        return std::nullopt;
    }

    bool is_true(const ConfigNode& node) {
        const std::optional<SettingValue> value =
            read_value(node, value_kind::boolean(), {"'allow_empty' in " + owner_, folder_}, problems_);
        return value && std::get<bool>(*value);
    }

    bool read_items(const ConfigNode& node, std::vector<ForeachItem>& items) {
        if (node.form == ConfigNode::Form::refused) return false;
        if (node.is_scalar()) return read_pattern(node, items);
        if (!node.is_map() && !node.is_list()) {
            wrong(node, fmt::format("{} goes over {}; give a map, a list or glob(\"*.fa.gz\")", owner_, node.found()));
            return false;
        }
        bool right = true;
        for (const ConfigNode& item : node.items) right = add(item, item, items) && right;
        for (const ConfigEntry& entry : node.entries) right = add(entry.key, entry.value, items) && right;
        return right;
    }

    bool add(const ConfigNode& key, const ConfigNode& value, std::vector<ForeachItem>& items) {
        if (value.form == ConfigNode::Form::refused) return false;
        if (!value.is_scalar() || key.text.empty()) {
            wrong(value, fmt::format("{} goes over texts; this one is {}", owner_, value.found()));
            return false;
        }
        if (!keys_.insert(key.text).second) {
            wrong(key, fmt::format("{} has '{}' twice", owner_, key.text));
            return false;
        }
        items.push_back({key.text, value.text});
        return true;
    }

    bool read_pattern(const ConfigNode& node, std::vector<ForeachItem>& items) {
        const std::string_view text = node.text;
        if (!text.starts_with(glob_begin) || !text.ends_with(glob_end) || text.size() <= glob_begin.size() + glob_end.size()) {
            wrong(node, fmt::format("{} goes over {}; give a map, a list or glob(\"*.fa.gz\")", owner_, node.found()));
            return false;
        }
        const std::string pattern(text.substr(glob_begin.size(), text.size() - glob_begin.size() - glob_end.size()));
        const std::size_t slash = pattern.rfind('/');
        if (slash != pattern.npos && pattern.find_first_of(wildcards) < slash) {
            wrong(node,
                  fmt::format("{}: * and ? may stand in the last part of the path only, not in '{}'", owner_, pattern.substr(0, slash)));
            return false;
        }
        try {
            items = files_like(pattern, folder_);
        } catch (const SystemError& error) {
            wrong(node, fmt::format("{}: {}", owner_, error.what()));
            return false;
        }
        return true;
    }

    std::string owner_;
    const std::filesystem::path& folder_;
    References& references_;
    ProblemList& problems_;
    std::unordered_set<std::string> keys_{};
};

}  // namespace

std::optional<ForeachItems> read_foreach(const ConfigNode& node, const std::string& stage, const std::filesystem::path& folder,
                                         References& references, ProblemList& problems) {
    return ForeachReader(stage, folder, references, problems).read(node);
}

bool fits(std::string_view pattern, std::string_view name) {
    // After a mismatch the last * takes one letter more and the rest is tried again: linear in memory, quadratic in time at worst.
    std::size_t p = 0;
    std::size_t n = 0;
    std::size_t star = pattern.npos;
    std::size_t star_end = 0;
    while (n < name.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            star_end = n;
        } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == name[n])) {
            ++p;
            ++n;
        } else if (star != pattern.npos) {
            p = star + 1;
            n = ++star_end;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('*', p) == pattern.npos;
}

std::vector<ForeachItem> files_like(const std::string& pattern, const std::filesystem::path& folder) {
    const std::size_t slash = pattern.rfind('/');
    const std::string before = slash == pattern.npos ? std::string() : pattern.substr(0, slash + 1);
    const std::string last = pattern.substr(before.size());
    const std::size_t first_wildcard = std::min(last.find_first_of(wildcards), last.size());
    const std::size_t literal_end = last.size() - std::min(last.size(), last.find_last_of(wildcards) + 1);
    std::filesystem::path searched = folder / before;
    if (searched.empty()) searched = ".";

    std::error_code error;
    std::vector<ForeachItem> items;
    for (std::filesystem::directory_iterator entry(searched, error), end; !error && entry != end; entry.increment(error)) {
        const std::string name = entry->path().filename().string();
        if (name.starts_with('.') || !fits(last, name) || entry->is_directory()) continue;
        // Without a wildcard, or where the letters around it overlap, the name itself is the key.
        const bool whole = first_wildcard + literal_end >= name.size();
        items.push_back({whole ? name : name.substr(first_wildcard, name.size() - first_wildcard - literal_end), before + name});
    }
    if (error) throw SystemError({.where = searched.string(), .problem = error.message()});
    std::sort(items.begin(), items.end(), [](const ForeachItem& a, const ForeachItem& b) { return a.value < b.value; });
    return items;
}

}  // namespace weft
