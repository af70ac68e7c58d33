// What tasks share and may run out of: processors, memory, slots for input and output, and whatever a pipeline names itself.
//
// Tokens are taken before a task starts and never waited for inside one, so no thread blocks on them and no two tasks can wait
// for each other. Limits are hard: at no moment is more granted than there is.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace weft {

/// Threads for what mostly sleeps, beside so many for the processors.
constexpr int blocking_threads_beside(int threads) { return 2 * threads; }

/// So many starts per time: `count` at once after a pause, and on the long run no more than that per `period`.
struct Rate {
    int count = 1;
    std::chrono::nanoseconds period{std::chrono::seconds(1)};
};

/// What there is in all.
struct Resources {
    int cpu = 0;                          // as many as threads, when the executor is told 0
    std::int64_t memory = 0;              // bytes; 0: not counted
    int io = 0;                           // 0: not counted
    std::map<std::string, int> named{};   // "gpu", "downloads"
    std::map<std::string, Rate> rates{};  // by the same names, or names of their own
};

/// What one task holds while it runs.
struct Demand {
    int cpu = 1;
    std::int64_t memory = 0;
    int io = 0;
    std::map<std::string, int> named{};
    std::vector<std::string> rates{};     // names in Resources::rates: one start of each

    bool operator==(const Demand&) const = default;
};

/// How many tasks of one demand can run at once, and what keeps it from being more: "cpu", "memory", "io", or a named limit.
struct MostAtOnce {
    int count = 0;
    std::string limited_by{};
};
MostAtOnce most_at_once(const Resources& all, const Demand& demand);

/// Grants and takes back. Any thread may call it.
class ResourcePool {
public:
    using Clock = std::chrono::steady_clock;

    explicit ResourcePool(Resources all);

    /// What of a demand can never be granted, in words for people: "8 cpu of 2", "unknown limit 'gpus'"; empty when it can.
    std::vector<std::string> impossible(const Demand& demand) const;

    /// What of a demand cannot be granted at this moment: "1 cpu (0 of 2 free)"; rates are not looked at.
    std::vector<std::string> missing(const Demand& demand) const;

    /// All of it or nothing. When only a rate stands in the way, `retry_at` is when it will not any more.
    bool try_take(const Demand& demand, Clock::time_point now, std::optional<Clock::time_point>& retry_at);
    void give_back(const Demand& demand);

    /// A demand for that many times the memory, but for no more than there is.
    Demand grown(Demand demand, double factor) const;

    /// The most that was granted at one moment.
    Demand peak() const;

private:
    /// The next moments at which a rate lets one start, oldest first (a token bucket that remembers its last `count` starts).
    struct Bucket {
        Rate rate{};
        std::vector<Clock::time_point> starts{};   // a ring of rate.count
        std::size_t oldest = 0;
    };

    const Resources all_;
    mutable std::mutex mutex_{};
    Demand granted_{.cpu = 0};
    Demand peak_{.cpu = 0};
    std::map<std::string, Bucket> buckets_{};
};

}  // namespace weft
