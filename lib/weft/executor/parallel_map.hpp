// A function over many items on many threads, results in the order of the items.
//
// Small work stays where it is: the calling thread begins alone, and only what is left after a few microseconds is worth waking
// others for. From then on ranges are split as threads become free.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <exception>
#include <functional>
#include <ranges>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "weft/executor/cancellation.hpp"
#include "weft/executor/task_handle.hpp"

namespace weft {

struct MapOptions {
    int threads = 0;                                       // 0: those of the calling arena, else of the machine
    std::size_t grain = 0;                                 // items that are never split; 0: found by how threads become free
    std::chrono::microseconds alone{20};                   // for which the calling thread works before it asks for help
    OnError on_error = OnError::fail;
    CancellationToken cancel{};
};

/// Calls `body(begin, end)` on disjoint ranges that together are [0, count), and returns when all are done. `body` must not throw.
/// While the calling thread waits it takes no work of others, so a lock that it holds is safe.
void split_range(std::size_t count, const MapOptions& options, const std::function<void(std::size_t, std::size_t)>& body);

/// f(item) for each item. With OnError::fail the first exception stops the rest and the one of the lowest item that threw is
/// rethrown; otherwise each failure is in its item's outcome. Throws Cancelled when cancelled. Any thread, also inside a task.
template <std::ranges::random_access_range Items, class Function>
auto parallel_map(Items&& items, Function f, const MapOptions& options = {}) {
    using Result = std::invoke_result_t<Function&, std::ranges::range_reference_t<Items>>;
    using Value = std::conditional_t<std::is_void_v<Result>, std::monostate, std::remove_cvref_t<Result>>;
    std::vector<Outcome<Value>> outcomes(static_cast<std::size_t>(std::ranges::size(items)));
    std::atomic<bool> failed{false};
    const auto first = std::ranges::begin(items);
    split_range(outcomes.size(), options, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) {
            Outcome<Value>& outcome = outcomes[i];
            if (options.cancel.requested() || (options.on_error == OnError::fail && failed.load(std::memory_order_relaxed))) {
                outcome.status = TaskStatus::cancelled;
                continue;
            }
            try {
                auto&& item = first[static_cast<std::ranges::range_difference_t<Items>>(i)];
                if constexpr (std::is_void_v<Result>) {
                    f(item);
                    outcome.value.emplace();
                } else {
                    outcome.value.emplace(f(item));
                }
                outcome.status = TaskStatus::done;
            } catch (const std::exception& error) {
                outcome = {.status = TaskStatus::failed, .failure = std::current_exception(), .reason = error.what()};
                failed.store(true, std::memory_order_relaxed);
            } catch (...) {
                outcome = {.status = TaskStatus::failed, .failure = std::current_exception(), .reason = "it threw something that is no std::exception"};
                failed.store(true, std::memory_order_relaxed);
            }
        }
    });
    if (options.on_error == OnError::fail)
        for (const Outcome<Value>& outcome : outcomes)
            if (outcome.failure) std::rethrow_exception(outcome.failure);
    options.cancel.throw_if_requested();
    return outcomes;
}

}  // namespace weft
