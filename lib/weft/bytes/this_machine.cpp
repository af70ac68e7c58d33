#include "weft/bytes/this_machine.hpp"

#include <malloc.h>
#include <sched.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <string_view>
#include <vector>

namespace weft {
namespace {

namespace fs = std::filesystem;

constexpr int most_threads = 1'024;

std::string content_of(const std::string& path) {
    std::ifstream file(path);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

/// A number alone; nothing for "max", "-1" or a missing file.
std::optional<double> number_in(const std::string& path) {
    std::istringstream text(content_of(path));
    double number = 0;
    if (!(text >> number) || number < 0) return std::nullopt;
    return number;
}

/// The number behind "NAME " at the beginning of a line; nothing when there is no such line.
std::optional<std::int64_t> count_in(const std::string& path, std::string_view name) {
    std::istringstream lines(content_of(path));
    std::string word;
    for (std::int64_t number = 0; lines >> word >> number;)
        if (word == name) return number;
    return std::nullopt;
}

void narrow(double& limit, double candidate) {
    if (candidate > 0 && (limit == 0 || candidate < limit)) limit = candidate;
}

/// The group's folder and those above it: each may set a limit.
std::vector<fs::path> folders_up(const fs::path& root, std::string_view group) {
    std::vector<fs::path> folders{root};
    for (const fs::path& step : fs::path(group).relative_path()) folders.push_back(folders.back() / step);
    return folders;
}

/// Groups of a process: "0::/user.slice" (version 2, no controllers) or "4:cpu,cpuacct:/docker/abc" (version 1).
struct Membership {
    std::string controllers{};
    std::string group{};

    bool has(std::string_view controller) const {
        return ("," + controllers + ",").find("," + std::string(controller) + ",") != std::string::npos;
    }
};

std::vector<Membership> memberships_in(const std::string& text) {
    std::vector<Membership> found;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        const std::size_t first = line.find(':');
        const std::size_t second = first == std::string::npos ? first : line.find(':', first + 1);
        if (second != std::string::npos) found.push_back({line.substr(first + 1, second - first - 1), line.substr(second + 1)});
    }
    return found;
}

void read_version_2(const fs::path& folder, double& processors, double& memory) {
    std::istringstream quota(content_of(folder / "cpu.max"));   // "200000 100000" or "max 100000"
    double most = 0;
    double period = 0;
    if (quota >> most >> period && period > 0) narrow(processors, most / period);
    if (const std::optional<double> bytes = number_in(folder / "memory.max")) narrow(memory, *bytes);
}

void read_version_1(const fs::path& root, const Membership& membership, double& processors, double& memory) {
    for (const std::string_view controller : {"cpu", "memory"}) {
        if (!membership.has(controller)) continue;
        for (const fs::path& folder : folders_up(root / controller, membership.group)) {
            const std::optional<double> quota = number_in(folder / "cpu.cfs_quota_us");
            const std::optional<double> period = number_in(folder / "cpu.cfs_period_us");
            if (quota && period && *period > 0) narrow(processors, *quota / *period);
            if (const std::optional<double> bytes = number_in(folder / "memory.limit_in_bytes")) narrow(memory, *bytes);
        }
    }
}

}  // namespace

GroupLimits group_limits(const std::string& root, const std::string& membership) {
    double processors = 0;
    double memory = 0;
    for (const Membership& one : memberships_in(membership)) {
        if (one.controllers.empty())
            for (const fs::path& folder : folders_up(root, one.group)) read_version_2(folder, processors, memory);
        else
            read_version_1(root, one, processors, memory);
    }
    return {processors, memory >= 9e18 ? 0 : static_cast<std::int64_t>(memory)};   // version 1 says "none" by a number near 2^63
}

std::optional<std::int64_t> group_kills(const std::string& root, const std::string& membership) {
    std::optional<std::int64_t> kills;
    for (const Membership& one : memberships_in(membership)) {
        if (!one.controllers.empty() && !one.has("memory")) continue;
        const bool version_2 = one.controllers.empty();
        const fs::path folder = folders_up(version_2 ? fs::path(root) : fs::path(root) / "memory", one.group).back();
        const std::optional<std::int64_t> counted = count_in(folder / (version_2 ? "memory.events" : "memory.oom_control"), "oom_kill");
        if (counted) kills = kills.value_or(0) + *counted;
    }
    return kills;
}

std::int64_t out_of_memory_kills() {
    const std::optional<std::int64_t> kills = group_kills("/sys/fs/cgroup", content_of("/proc/self/cgroup"));
    return kills ? *kills : count_in("/proc/vmstat", "oom_kill").value_or(0);
}

void give_back_memory() {
#ifdef __GLIBC__
    ::malloc_trim(0);
#endif
}

MachineLimits machine_limits() {
    const GroupLimits group = group_limits("/sys/fs/cgroup", content_of("/proc/self/cgroup"));
    MachineLimits limits{.quota = group.processors, .memory_limit = group.memory};
    limits.processors = static_cast<int>(::sysconf(_SC_NPROCESSORS_ONLN));
    cpu_set_t set;
    CPU_ZERO(&set);
    limits.affinity = ::sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : limits.processors;
    limits.memory = static_cast<std::int64_t>(::sysconf(_SC_PHYS_PAGES)) * ::sysconf(_SC_PAGESIZE);
    return limits;
}

int available_threads() {
    const MachineLimits limits = machine_limits();
    const int threads = limits.quota > 0 ? std::min(limits.affinity, static_cast<int>(std::ceil(limits.quota))) : limits.affinity;
    return std::clamp(threads, 1, most_threads);
}

std::int64_t available_memory() {
    const MachineLimits limits = machine_limits();
    return limits.memory_limit > 0 ? std::min(limits.memory, limits.memory_limit) : limits.memory;
}

}  // namespace weft
