#include "weft/executor/held_threads.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <numeric>

#include "weft/executor/timeline_sweep.hpp"

namespace weft {
namespace {

constexpr double mostly_idle = 0.5;   // tasks running on average; below, there is too little to tell from

double in_seconds(Microseconds time) { return std::chrono::duration<double>(time).count(); }

/// Collects what ran from one sample to the next.
class Window {
public:
    Window(const RunEvents& run, const RunTimeline& timeline) : timeline_(timeline), threads_(std::max(1, run.head.threads)) {
        running_.resize(timeline.stages.size());
        held_.waited.resize(timeline.stages.size());
    }

    void add(const Stretch& stretch, double length) {
        for (std::size_t stage = 0; stage < running_.size(); ++stage) {
            const StageHead& plan = timeline_.stages[stage].plan;
            if (!plan.blocking) running_[stage] += length * stretch.running[stage];
            external_ = external_ || (plan.external && stretch.running[stage] > 0);
        }
    }

    void end(double length, const ResourceSample& sample) {
        const double ran = std::min(std::accumulate(running_.begin(), running_.end(), 0.0), length * threads_);
        if (!external_ && length > 0 && ran >= mostly_idle * length) {
            const double worked = std::min(ran, sample.cpu_percent / 100 * length);
            const double crowded = std::min(ran - worked, sample.crowded_percent / 100 * length);
            held_.ran += ran;
            held_.worked += worked;
            held_.crowded += crowded;
            const double all = std::accumulate(running_.begin(), running_.end(), 0.0);
            for (std::size_t stage = 0; stage < running_.size(); ++stage)
                held_.waited[stage] += (ran - worked - crowded) * running_[stage] / all;
        }
        std::fill(running_.begin(), running_.end(), 0.0);
        external_ = false;
    }

    HeldThreads held() { return std::move(held_); }

private:
    const RunTimeline& timeline_;
    int threads_;
    std::vector<double> running_{};   // seconds of each stage
    bool external_ = false;           // another program was at work
    HeldThreads held_{};
};

}  // namespace

HeldThreads held_threads(const RunEvents& run, const RunTimeline& timeline) {
    Window window(run, timeline);
    std::size_t next = 0;   // sample
    sweep(timeline, [&](const Stretch& stretch) {
        for (Microseconds begin = stretch.begin; begin < stretch.end && next < run.samples.size();) {
            const ResourceSample& sample = run.samples[next];
            const Microseconds end = std::clamp(sample.at, begin, stretch.end);
            window.add(stretch, in_seconds(end - begin));
            begin = end;
            if (sample.at > stretch.end) break;
            window.end(in_seconds(sample.at - (next == 0 ? Microseconds{} : run.samples[next - 1].at)), sample);
            ++next;
        }
    });
    return window.held();
}

}  // namespace weft
