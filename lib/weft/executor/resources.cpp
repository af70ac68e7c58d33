#include "weft/executor/resources.hpp"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

namespace weft {

MostAtOnce most_at_once(const Resources& all, const Demand& demand) {
    MostAtOnce most{std::numeric_limits<int>::max(), ""};
    const auto limit = [&](const std::string& what, std::int64_t wanted, std::int64_t available) {
        if (wanted > 0 && available / wanted < most.count) most = {static_cast<int>(available / wanted), what};
    };
    limit("cpu", demand.cpu, all.cpu);
    if (all.memory > 0) limit("memory", demand.memory, all.memory);
    if (all.io > 0) limit("io", demand.io, all.io);
    for (const auto& [name, count] : demand.named) limit(name, count, all.named.contains(name) ? all.named.at(name) : 0);
    return most;
}

ResourcePool::ResourcePool(Resources all) : all_(std::move(all)) {
    for (const auto& [name, rate] : all_.rates)
        buckets_[name] = {rate, std::vector<Clock::time_point>(static_cast<std::size_t>(std::max(1, rate.count)), Clock::time_point::min())};
}

std::vector<std::string> ResourcePool::impossible(const Demand& demand) const {
    std::vector<std::string> problems;
    const auto check = [&](const std::string& what, std::int64_t wanted, std::int64_t available, bool counted) {
        if (wanted < 0) problems.push_back(fmt::format("{} {}: it cannot be negative", wanted, what));
        else if (counted && wanted > available) problems.push_back(fmt::format("{} {} of {}", wanted, what, available));
    };
    check("cpu", demand.cpu, all_.cpu, true);
    check("bytes of memory", demand.memory, all_.memory, all_.memory > 0);
    check("io", demand.io, all_.io, all_.io > 0);
    for (const auto& [name, count] : demand.named) {
        const auto found = all_.named.find(name);
        if (found == all_.named.end()) problems.push_back(fmt::format("unknown limit '{}'", name));
        else check(name, count, found->second, true);
    }
    for (const std::string& name : demand.rates)
        if (!all_.rates.contains(name)) problems.push_back(fmt::format("unknown rate '{}'", name));
    return problems;
}

std::vector<std::string> ResourcePool::missing(const Demand& demand) const {
    const std::lock_guard lock{mutex_};
    std::vector<std::string> texts;
    const auto check = [&](const std::string& what, std::int64_t wanted, std::int64_t granted, std::int64_t all, bool counted) {
        if (counted && granted + wanted > all) texts.push_back(fmt::format("{} {} ({} of {} free)", wanted, what, all - granted, all));
    };
    check("cpu", demand.cpu, granted_.cpu, all_.cpu, true);
    check("bytes of memory", demand.memory, granted_.memory, all_.memory, all_.memory > 0);
    check("io", demand.io, granted_.io, all_.io, all_.io > 0);
    for (const auto& [name, count] : demand.named) {
        const auto granted = granted_.named.find(name);
        check(name, count, granted == granted_.named.end() ? 0 : granted->second, all_.named.at(name), true);
    }
    return texts;
}

bool ResourcePool::try_take(const Demand& demand, Clock::time_point now, std::optional<Clock::time_point>& retry_at) {
    const std::lock_guard lock{mutex_};
    if (granted_.cpu + demand.cpu > all_.cpu) return false;
    if (all_.memory > 0 && granted_.memory + demand.memory > all_.memory) return false;
    if (all_.io > 0 && granted_.io + demand.io > all_.io) return false;
    for (const auto& [name, count] : demand.named)
        if (granted_.named[name] + count > all_.named.at(name)) return false;
    for (const std::string& name : demand.rates) {
        const Bucket& bucket = buckets_.at(name);
        const Clock::time_point last = bucket.starts[bucket.oldest];
        if (last == Clock::time_point::min() || last + bucket.rate.period <= now) continue;
        retry_at = std::max(retry_at.value_or(now), last + bucket.rate.period);
    }
    if (retry_at) return false;

    for (const std::string& name : demand.rates) {
        Bucket& bucket = buckets_.at(name);
        bucket.starts[bucket.oldest] = now;
        bucket.oldest = (bucket.oldest + 1) % bucket.starts.size();
    }
    granted_.cpu += demand.cpu;
    granted_.memory += demand.memory;
    granted_.io += demand.io;
    peak_.cpu = std::max(peak_.cpu, granted_.cpu);
    peak_.memory = std::max(peak_.memory, granted_.memory);
    peak_.io = std::max(peak_.io, granted_.io);
    for (const auto& [name, count] : demand.named) {
        granted_.named[name] += count;
        peak_.named[name] = std::max(peak_.named[name], granted_.named[name]);
    }
    return true;
}

void ResourcePool::give_back(const Demand& demand) {
    const std::lock_guard lock{mutex_};
    granted_.cpu -= demand.cpu;
    granted_.memory -= demand.memory;
    granted_.io -= demand.io;
    for (const auto& [name, count] : demand.named) granted_.named[name] -= count;
}

Demand ResourcePool::grown(Demand demand, double factor) const {
    demand.memory = static_cast<std::int64_t>(static_cast<double>(demand.memory) * factor);
    if (all_.memory > 0) demand.memory = std::min(demand.memory, all_.memory);
    return demand;
}

Demand ResourcePool::peak() const {
    const std::lock_guard lock{mutex_};
    return peak_;
}

}  // namespace weft
