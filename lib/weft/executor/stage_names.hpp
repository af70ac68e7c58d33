// Which stage a task belongs to. Names of sub-tasks begin with that of their stage and a slash ("align/chunk 3"); but the keys of a
// foreach may hold slashes too ("lift[a/b]"), so the longest name that is known decides.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace weft {

class StageNames {
public:
    /// The stage of that name; a new one when there is none.
    std::size_t add(std::string_view name) {
        const auto known = index_.find(name);
        if (known != index_.end()) return known->second;
        index_.emplace(name, names_.size());
        names_.emplace_back(name);
        return names_.size() - 1;
    }

    /// The stage that a task is, or is a sub-task of. One that fits no name is of a new stage, called as it is up to its first slash.
    std::size_t of(std::string_view task) {
        for (std::size_t end = task.size(); end != std::string_view::npos;
             end = end == 0 ? std::string_view::npos : task.rfind('/', end - 1))
            if (const auto known = index_.find(task.substr(0, end)); known != index_.end()) return known->second;
        return add(task.substr(0, task.find('/')));
    }

    /// The stage of that name, or `size()`.
    std::size_t find(std::string_view name) const {
        const auto known = index_.find(name);
        return known == index_.end() ? names_.size() : known->second;
    }

    const std::string& name(std::size_t stage) const { return names_[stage]; }
    std::size_t size() const { return names_.size(); }

private:
    std::map<std::string, std::size_t, std::less<>> index_{};
    std::vector<std::string> names_{};
};

}  // namespace weft
