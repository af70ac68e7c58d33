#include "weft/executor/parallel_map.hpp"

#include <algorithm>
#include <optional>

#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/info.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>

namespace weft {

void split_range(std::size_t count, const MapOptions& options, const std::function<void(std::size_t, std::size_t)>& body) {
    // Alone at first, in steps that double, so that the clock is looked at rarely.
    const auto start = std::chrono::steady_clock::now();
    std::size_t done = 0;
    for (std::size_t step = 1; done < count && options.threads != 1; step *= 2) {
        const std::size_t end = std::min(count, done + step);
        body(done, end);
        done = end;
        if (std::chrono::steady_clock::now() - start >= options.alone) break;
    }
    if (done == count) return;
    if (options.threads == 1) return body(done, count);

    const auto share = [&] {
        const auto part = [&](const tbb::blocked_range<std::size_t>& range) { body(range.begin(), range.end()); };
        const tbb::blocked_range<std::size_t> rest(done, count, std::max<std::size_t>(1, options.grain));
        if (options.grain > 0) tbb::parallel_for(rest, part, tbb::simple_partitioner{});
        else tbb::parallel_for(rest, part, tbb::auto_partitioner{});
    };
    if (options.threads == 0) return tbb::this_task_arena::isolate(share);
    std::optional<tbb::global_control> more_workers;   // oneTBB starts no more than there are cores unless it is allowed to
    if (options.threads > tbb::info::default_concurrency())
        more_workers.emplace(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(options.threads));
    tbb::task_arena arena{options.threads};
    arena.execute(share);
}

}  // namespace weft
