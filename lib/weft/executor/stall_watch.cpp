#include "weft/executor/stall_watch.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "weft/model/readable.hpp"
#include "weft/model/utf8.hpp"

namespace weft {
namespace {

constexpr std::chrono::milliseconds longest_look{500};
constexpr std::size_t most_lines = 10;   // of each kind

std::string demand_text(const Demand& demand) {
    std::string text;
    const auto add = [&](const std::string& part) { text += (text.empty() ? "" : ", ") + part; };
    if (demand.cpu > 0) add(fmt::format("{} cpu", demand.cpu));
    if (demand.memory > 0) add(size_text(static_cast<std::uint64_t>(demand.memory)) + " of memory");
    if (demand.io > 0) add(fmt::format("{} io", demand.io));
    for (const auto& [name, count] : demand.named) add(fmt::format("{} {}", count, name));
    return text;
}

std::string seconds_text(std::chrono::nanoseconds time) { return time_text(std::chrono::duration<double>(time).count()); }

template <class Entry, class Text>
void add_lines(std::string& text, const std::vector<Entry>& entries, Text line) {
    for (std::size_t i = 0; i < std::min(most_lines, entries.size()); ++i) text += "\n  " + printable(line(entries[i]));
    if (entries.size() > most_lines) text += fmt::format("\n  and {} more", entries.size() - most_lines);
}

}  // namespace

std::string stall_text(const ExecutorSnapshot& snapshot, std::chrono::milliseconds silence) {
    std::string text = snapshot.is_deadlock() ? "deadlock: every running task waits for another one, and none can start"
                                              : fmt::format("nothing was heard for {}", seconds_text(silence));
    add_lines(text, snapshot.running, [](const ExecutorSnapshot::Running& task) {
        const std::string holds = demand_text(task.holds);
        std::string line = fmt::format("'{}' has been running for {}", task.name, seconds_text(task.since));
        if (!holds.empty()) line += " and holds " + holds;
        if (!task.waits_for.empty()) line += fmt::format("; it waits for the result of '{}'", task.waits_for);
        return line;
    });
    add_lines(text, snapshot.ready, [](const ExecutorSnapshot::Ready& task) {
        return fmt::format("'{}' could run and waits for {}", task.name,
                           task.lacks.empty() ? "a thread" : fmt::format("{}", fmt::join(task.lacks, ", ")));
    });
    add_lines(text, snapshot.waiting, [](const ExecutorSnapshot::Waiting& task) {
        return fmt::format("'{}' waits for the end of '{}'", task.name, fmt::join(task.waits_for, "', '"));
    });
    if (snapshot.is_deadlock())
        text +=
            "\na task must not wait for the handle of a task that may need its tokens: make that one a dependency, or its work a sub-task";
    return text;
}

StallWatch::StallWatch(std::function<void(const std::string&)> tell, StallOptions options) : tell_(std::move(tell)), options_(options) {}

StallWatch::~StallWatch() { stop(); }

EventSink StallWatch::sink() {
    return [this](const TaskEvent&) { events_.fetch_add(1, std::memory_order_relaxed); };
}

void StallWatch::watch(const HierarchicalExecutor& executor) {
    stop();
    end_ = false;
    thread_ = std::thread([this, &executor] { keep_looking(executor); });
}

void StallWatch::stop() {
    if (!thread_.joinable()) return;
    {
        const std::lock_guard lock{mutex_};
        end_ = true;
    }
    ended_.notify_all();
    thread_.join();
}

void StallWatch::keep_looking(const HierarchicalExecutor& executor) {
    using Clock = std::chrono::steady_clock;
    const auto look = std::min({longest_look, options_.deadlock_after / 4, options_.silence_after / 4});
    std::uint64_t seen = events_.load(std::memory_order_relaxed);
    Clock::time_point last = Clock::now();
    std::chrono::milliseconds next_silence = options_.silence_after;
    bool deadlock_told = false;
    std::unique_lock lock{mutex_};
    while (!ended_.wait_for(lock, look, [this] { return end_; })) {
        const Clock::time_point now = Clock::now();
        if (const std::uint64_t events = events_.load(std::memory_order_relaxed); events != seen) {
            seen = events;
            last = now;
            next_silence = options_.silence_after;
            deadlock_told = false;
            continue;
        }
        const auto silence = std::chrono::duration_cast<std::chrono::milliseconds>(now - last);
        const bool long_silence = silence >= next_silence;
        if (!long_silence && (deadlock_told || silence < options_.deadlock_after)) continue;
        const ExecutorSnapshot snapshot = executor.snapshot();
        const bool deadlock = snapshot.is_deadlock() && !deadlock_told;
        const bool somebody_waits = !snapshot.ready.empty() || !snapshot.waiting.empty();
        if (long_silence) next_silence *= 2;
        if (!deadlock && !(long_silence && somebody_waits)) continue;
        deadlock_told = deadlock_told || deadlock;
        lock.unlock();
        tell_(stall_text(snapshot, silence));
        lock.lock();
    }
}

}  // namespace weft
