// What it costs a task to tell the event log that it began and ended; an item is one event. Writing is the business of the log's own
// thread: between two rounds, which are not measured, it has time for that, as between the tasks of a run.
#include <benchmark/benchmark.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>

#include "weft/executor/event_log.hpp"

namespace weft::bench {
namespace {

constexpr int events_per_round = 2'000;
constexpr std::chrono::milliseconds pause{5};

void started_ended(benchmark::State& state) {
    std::string folder = (std::filesystem::temp_directory_path() / "weft-bench-XXXXXX").string();
    if (::mkdtemp(folder.data()) == nullptr) std::abort();
    {
        EventLog log(folder, {});
        const EventSink sink = log.sink();
        for (auto _ : state) {
            const auto begin = std::chrono::steady_clock::now();
            for (int i = 0; i < events_per_round; i += 2) {
                const std::chrono::nanoseconds time = std::chrono::seconds(100) + std::chrono::microseconds(i);
                sink({.kind = TaskEventKind::started, .task = "align/chunk 117", .time = time, .ready = time});
                sink({.kind = TaskEventKind::ended, .task = "align/chunk 117", .status = TaskStatus::done, .time = time});
            }
            state.SetIterationTime(std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
            std::this_thread::sleep_for(pause);
        }
    }
    std::filesystem::remove_all(folder);
    state.SetItemsProcessed(state.iterations() * events_per_round);
}

BENCHMARK(started_ended)->Name("event_log/started_ended")->UseManualTime();

}  // namespace
}  // namespace weft::bench
