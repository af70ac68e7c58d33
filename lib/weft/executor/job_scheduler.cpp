#include "weft/executor/job_scheduler.hpp"

#include <algorithm>

#include <oneapi/tbb/info.h>

namespace weft {
namespace {

constexpr int most_passed_over = 100;   // then a large job is waited for: small ones must not keep it out for ever

}  // namespace

JobScheduler::JobScheduler(const SchedulerOptions& options)
    : compute_(options.threads), blocking_(std::max(1, options.blocking_threads), 0), pool_(options.resources) {
    // oneTBB starts no more workers than there are cores unless it is allowed to. One may be needed per lane beside the caller.
    const int wanted = options.threads + std::max(1, options.blocking_threads) + 1;
    if (wanted > tbb::info::default_concurrency())
        more_workers_.emplace(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(wanted));
}

void JobScheduler::run(const std::function<void()>& first) {
    compute_.execute([&] {
        group_.run(first);
        group_.wait();
    });
    for (;;) {
        std::uint64_t seen = 0;
        {
            std::unique_lock lock{idle_mutex_};
            seen = posted_;
        }
        // Whatever was posted before `seen` was read belongs to the group by now, so this waits for it (and helps).
        compute_.execute([&] { group_.wait(); });
        std::unique_lock lock{idle_mutex_};
        idle_changed_.wait(lock, [&] { return posted_ != seen || away_.load() == 0; });
        if (posted_ == seen) return;   // nothing was posted, and nobody is left who could
    }
}

void JobScheduler::release() {
    // Under the lock, so that `run` is either before its look at the number or already waiting; and nothing is touched after it.
    const std::lock_guard lock{idle_mutex_};
    if (away_.fetch_sub(1) == 1) idle_changed_.notify_all();
}

/// Under the lock.
void JobScheduler::put(Job job) {
    const double priority = job.priority;
    queues_[static_cast<std::size_t>(job.lane)].insert({priority, next_number_++, std::move(job)});
}

void JobScheduler::submit(Job job) {
    const Lane lane = job.lane;
    {
        const std::lock_guard lock{mutex_};
        put(std::move(job));
    }
    post_pull(lane);
}

void JobScheduler::submit(std::vector<Job> jobs) {
    std::array<int, 2> wanted{};
    {
        const std::lock_guard lock{mutex_};
        for (Job& job : jobs) {
            ++wanted[static_cast<std::size_t>(job.lane)];
            put(std::move(job));
        }
    }
    for (const Lane lane : {Lane::compute, Lane::blocking}) {
        // No more than can pull at once: each takes the next one when it is done with one.
        const int pulls = std::min(wanted[static_cast<std::size_t>(lane)], arena(lane).max_concurrency());
        for (int i = 0; i < pulls; ++i) post_pull(lane);
    }
}

void JobScheduler::submit_at(Timer::Clock::time_point due, Job job) {
    hold();
    timer_.at(due, [this, job = std::move(job)] {
        submit(job);
        release();
    });
}

void JobScheduler::enqueue(Lane lane, tbb::task_handle work) {
    // It belongs to the group already, so it is waited for; then the word to `run`, which may have found the group empty before.
    arena(lane).enqueue(std::move(work));
    const std::lock_guard lock{idle_mutex_};
    ++posted_;
    idle_changed_.notify_all();
}

void JobScheduler::pull(Lane lane) {
    for (Job job; next_fitting(lane, job); job = {}) {
        job.work();
        // What is given back may be enough for others in either lane: this thread takes one, another is called for the other lane.
        const auto other = static_cast<std::size_t>(lane == Lane::compute ? Lane::blocking : Lane::compute);
        bool others_wait = false;
        {
            // Under the lock: given back in the middle of another thread's search, it would go to a job behind a more urgent one.
            const std::lock_guard lock{mutex_};
            pool_.give_back(job.demand);
            std::erase_if(running_, [&](const Running& one) { return one.job == &job; });
            others_wait = !queues_[other].empty();
        }
        if (others_wait) post_pull(static_cast<Lane>(other));
    }
}

/// Takes the most urgent job whose demand can be granted into `job`; false when there is none. There may be enough left for the next
/// one, for which another thread is called at once: what a large job gives back starts as many small ones as it can.
bool JobScheduler::next_fitting(Lane lane, Job& job) {
    bool more = false;
    const bool found = take_fitting(lane, job, more);
    if (more) post_pull(lane);
    return found;
}

bool JobScheduler::take_fitting(Lane lane, Job& job, bool& more) {
    const std::lock_guard lock{mutex_};
    std::set<Waiting>& queue = queues_[static_cast<std::size_t>(lane)];
    const Timer::Clock::time_point now = Timer::Clock::now();
    for (auto one = queue.begin(); one != queue.end(); ++one) {
        std::optional<Timer::Clock::time_point> retry_at;
        if (pool_.try_take(one->job.demand, now, retry_at)) {
            job = std::move(queue.extract(one).value().job);
            running_.push_back({&job, std::this_thread::get_id(), now});
            more = !queue.empty();
            return true;
        }
        if (retry_at) {   // nobody gives back what time alone brings
            hold();
            timer_.at(*retry_at, [this, lane] {
                post_pull(lane);
                release();
            });
        } else if (++one->passed_over > most_passed_over) {
            return false;
        }
    }
    return false;
}

std::size_t JobScheduler::queued() const {
    const std::lock_guard lock{mutex_};
    return queues_[0].size() + queues_[1].size();
}

std::vector<JobView> JobScheduler::queued_jobs() const {
    const std::lock_guard lock{mutex_};
    std::vector<JobView> jobs;
    for (const auto& queue : queues_)
        for (const Waiting& one : queue) jobs.push_back({.name = one.job.name == nullptr ? "" : *one.job.name, .demand = one.job.demand});
    return jobs;
}

std::vector<JobView> JobScheduler::running_jobs() const {
    const std::lock_guard lock{mutex_};
    std::vector<JobView> jobs;
    for (const auto& [job, thread, since] : running_) jobs.push_back({job->name == nullptr ? "" : *job->name, job->demand, thread, since});
    return jobs;
}

}  // namespace weft
