#include "weft/executor/timeline_sweep.hpp"

#include <algorithm>
#include <cstddef>

namespace weft {
namespace {

struct Change {
    Microseconds at;
    std::size_t stage;
    int running;
    int waiting;
};

}  // namespace

void sweep(const RunTimeline& timeline, const std::function<void(const Stretch&)>& visit) {
    std::vector<Change> changes;
    changes.reserve(3 * timeline.spans.size());
    for (const WorkSpan& span : timeline.spans) {
        if (span.ready && *span.ready < span.begin) changes.push_back({*span.ready, span.stage, 0, 1});
        changes.push_back({span.begin, span.stage, 1, span.ready && *span.ready < span.begin ? -1 : 0});
        changes.push_back({span.end, span.stage, -1, 0});
    }
    std::stable_sort(changes.begin(), changes.end(), [](const Change& a, const Change& b) { return a.at < b.at; });

    std::vector<int> running(timeline.stages.size()), waiting(timeline.stages.size());
    Microseconds now{};
    const auto go_on_to = [&](Microseconds next) {
        if (next > now) visit({now, next, running, waiting});
        now = std::max(now, next);
    };
    for (const Change& change : changes) {
        go_on_to(std::min(change.at, timeline.end));
        running[change.stage] += change.running;
        waiting[change.stage] += change.waiting;
    }
    go_on_to(timeline.end);
}

}  // namespace weft
