// Ready work to threads: by priority, when the resources that it asks for are free, on the threads of its lane.
//
// It knows no dependencies. What is cheap and asks for nothing goes straight to the threads (`spawn`); what has a priority or needs
// tokens waits in a queue from which each thread that becomes free takes the most urgent job that fits (`submit`). No thread ever
// blocks on a token. Work that is nowhere for a while (a pause before another attempt, a stage whose sub-tasks run) is held by
// `hold`, so that the run does not end under it.
//
// oneTBB's workers and the calling thread do the work. This header includes oneTBB and is not installed.
#pragma once

#include <array>
#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/task_arena.h>
#include <oneapi/tbb/task_group.h>

#include "weft/executor/resources.hpp"
#include "weft/executor/timer.hpp"

namespace weft {

/// Threads of their own, so that what sleeps in a read does not keep a processor from its work.
enum class Lane : std::uint8_t { compute, blocking };

struct Job {
    std::function<void()> work{};   // must not throw
    double priority = 0;            // the largest first; equal ones in the order of `submit`
    Demand demand{};
    Lane lane = Lane::compute;
    const std::string* name = nullptr;   // for messages; lives as long as `work`
};

/// A job seen from outside.
struct JobView {
    std::string name{};                    // empty when it has none
    Demand demand{};
    std::thread::id thread{};              // of one that runs
    Timer::Clock::time_point since{};      // of one that runs: its begin
};

struct SchedulerOptions {
    int threads = 1;
    int blocking_threads = 2;
    Resources resources{};
};

class JobScheduler {
public:
    explicit JobScheduler(const SchedulerOptions& options);

    /// Runs `first` and all that follows from it; returns when nothing runs, waits or is held. Once per object.
    void run(const std::function<void()>& first);

    /// Runs `work` on some thread of the lane of the caller, which must be running inside of `run`. `work` must not throw.
    template <class Work>
    void spawn(Work&& work) {
        group_.run(std::forward<Work>(work));
    }

    /// The same on the compute lane, from any thread, while `run` is running.
    template <class Work>
    void post(Work work) {
        enqueue(Lane::compute, group_.defer(std::move(work)));
    }

    /// Any thread, while `run` is running. Of several jobs none starts before all stand in their queues, so that the most urgent is first.
    void submit(Job job);
    void submit(std::vector<Job> jobs);
    void submit_at(Timer::Clock::time_point due, Job job);

    /// Keeps `run` from returning until `release`; any thread.
    void hold() { away_.fetch_add(1); }
    void release();

    int threads() const { return compute_.max_concurrency(); }
    ResourcePool& resources() { return pool_; }
    const ResourcePool& resources() const { return pool_; }
    Timer& timer() { return timer_; }

    /// Jobs that wait for tokens or for a thread.
    std::size_t queued() const;
    /// Those themselves, the most urgent of each lane first, and those that run.
    std::vector<JobView> queued_jobs() const;
    std::vector<JobView> running_jobs() const;

private:
    struct Waiting {
        double priority = 0;
        std::uint64_t number = 0;
        Job job{};
        mutable int passed_over = 0;   // by jobs behind it that fitted when it did not

        bool operator<(const Waiting& other) const {
            return priority > other.priority || (priority == other.priority && number < other.number);
        }
    };

    void enqueue(Lane lane, tbb::task_handle work);
    void post_pull(Lane lane) {
        enqueue(lane, group_.defer([this, lane] { pull(lane); }));
    }
    void put(Job job);
    void pull(Lane lane);
    bool next_fitting(Lane lane, Job& job);
    bool take_fitting(Lane lane, Job& job, bool& more);
    tbb::task_arena& arena(Lane lane) { return lane == Lane::compute ? compute_ : blocking_; }

    std::optional<tbb::global_control> more_workers_{};
    tbb::task_arena compute_;
    tbb::task_arena blocking_;
    tbb::task_group group_{};
    ResourcePool pool_;

    mutable std::mutex mutex_{};   // guards the queues, and what the pool grants while they are searched
    std::array<std::set<Waiting>, 2> queues_{};
    struct Running {
        const Job* job = nullptr;
        std::thread::id thread{};
        Timer::Clock::time_point since{};
    };
    std::vector<Running> running_{};
    std::uint64_t next_number_ = 0;

    std::atomic<std::int64_t> away_{0};
    std::mutex idle_mutex_{};
    std::condition_variable idle_changed_{};
    std::uint64_t posted_ = 0;   // guarded by idle_mutex_

    Timer timer_{};   // last: its thread ends before what it calls goes
};

}  // namespace weft
