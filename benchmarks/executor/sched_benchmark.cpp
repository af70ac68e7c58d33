// How close runs come to what is possible: the longest path or all work over all workers, whichever is longer. A hundred random graphs
// of tasks whose durations are known from an earlier run; beside the executor a queue that is first in, first out, and waves, each of
// which ends before the next begins. Tasks sleep, so that it does not matter what else the machine does, and bounds are made from what
// they really took. Counters are ratios to the bound: mean and worst of the hundred.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <numeric>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "executor/figures.hpp"
#include "weft/executor/hierarchical_executor.hpp"

namespace weft::bench {
namespace {

constexpr int workers = 4;
constexpr int graphs = 100;
constexpr std::size_t tasks = 100;
constexpr std::chrono::microseconds unit{250};   // that a millisecond of TaskOptions::expected stands for

struct Task {
    std::vector<std::size_t> after{};
    int units = 0;
    double seconds = 0;   // that it took
};
using Graph = std::vector<Task>;

/// Up to three of the thirty tasks before each; a few tasks are much longer than the others.
Graph random_graph(unsigned seed) {
    std::mt19937 random(seed);
    Graph graph(tasks);
    for (std::size_t i = 0; i < tasks; ++i) {
        graph[i].units = random() % 10 == 0 ? 10 + static_cast<int>(random() % 10) : 1 + static_cast<int>(random() % 4);
        for (std::size_t edges = i == 0 ? 0 : random() % 4; edges > 0; --edges)
            graph[i].after.push_back(i - 1 - random() % std::min<std::size_t>(i, 30));
        std::sort(graph[i].after.begin(), graph[i].after.end());
        graph[i].after.erase(std::unique(graph[i].after.begin(), graph[i].after.end()), graph[i].after.end());
    }
    return graph;
}

void work(Task& task) {
    task.seconds = seconds_of([&] { std::this_thread::sleep_for(task.units * unit); });
}

double bound(const Graph& graph) {
    std::vector<double> ends(graph.size());
    double all = 0;
    for (std::size_t i = 0; i < graph.size(); ++i) {
        for (const std::size_t before : graph[i].after) ends[i] = std::max(ends[i], ends[before]);
        ends[i] += graph[i].seconds;
        all += graph[i].seconds;
    }
    return std::max(*std::max_element(ends.begin(), ends.end()), all / workers);
}

double with_executor(Graph& graph) {
    HierarchicalExecutor executor({.threads = workers});
    for (std::size_t i = 0; i < graph.size(); ++i) {
        std::vector<std::string> after;
        for (const std::size_t before : graph[i].after) after.push_back(std::to_string(before));
        executor.add(std::to_string(i), [&task = graph[i]](TaskContext&) { work(task); }, after, {.expected = std::chrono::milliseconds{graph[i].units}});
    }
    return std::chrono::duration<double>(executor.execute().wall).count();
}

/// Runs what `start` puts into a queue on all workers; a task that ended is told to `ended`, under the lock, which may put more there.
double with_queue(Graph& graph, std::deque<std::size_t> ready, const std::function<void(std::size_t, std::deque<std::size_t>&)>& ended) {
    std::mutex mutex;
    std::condition_variable changed;
    std::size_t left = graph.size();
    return seconds_of([&] {
        std::vector<std::jthread> threads;
        for (int i = 0; i < workers; ++i)
            threads.emplace_back([&] {
                std::unique_lock lock{mutex};
                for (;;) {
                    changed.wait(lock, [&] { return left == 0 || !ready.empty(); });
                    if (left == 0) return;
                    const std::size_t task = ready.front();
                    ready.pop_front();
                    lock.unlock();
                    work(graph[task]);
                    lock.lock();
                    --left;
                    ended(task, ready);
                    changed.notify_all();
                }
            });
    });
}

double with_fifo(Graph& graph) {
    std::vector<std::vector<std::size_t>> behind(graph.size());
    std::vector<std::size_t> waiting_for(graph.size());
    std::deque<std::size_t> ready;
    for (std::size_t i = 0; i < graph.size(); ++i) {
        waiting_for[i] = graph[i].after.size();
        if (waiting_for[i] == 0) ready.push_back(i);
        for (const std::size_t before : graph[i].after) behind[before].push_back(i);
    }
    return with_queue(graph, ready, [&](std::size_t task, std::deque<std::size_t>& queue) {
        for (const std::size_t next : behind[task])
            if (--waiting_for[next] == 0) queue.push_back(next);
    });
}

double with_waves(Graph& graph) {
    std::vector<std::deque<std::size_t>> waves;
    std::vector<std::size_t> wave_of(graph.size());
    for (std::size_t i = 0; i < graph.size(); ++i) {
        for (const std::size_t before : graph[i].after) wave_of[i] = std::max(wave_of[i], wave_of[before] + 1);
        waves.resize(std::max(waves.size(), wave_of[i] + 1));
        waves[wave_of[i]].push_back(i);
    }
    std::size_t wave = 0;
    std::size_t left = waves.front().size();
    return with_queue(graph, waves.front(), [&](std::size_t, std::deque<std::size_t>& queue) {
        if (--left > 0 || ++wave == waves.size()) return;
        queue = waves[wave];
        left = queue.size();
    });
}

void makespan(benchmark::State& state, double (*run)(Graph&)) {
    std::vector<double> ratios;
    for (auto _ : state) {
        for (unsigned seed = 1; seed <= graphs; ++seed) {
            Graph graph = random_graph(seed);
            const double seconds = run(graph);
            ratios.push_back(seconds / bound(graph));
        }
    }
    state.counters["ratio_mean"] = std::accumulate(ratios.begin(), ratios.end(), 0.0) / static_cast<double>(ratios.size());
    state.counters["ratio_median"] = median(ratios);
    state.counters["ratio_worst"] = *std::max_element(ratios.begin(), ratios.end());
}

BENCHMARK_CAPTURE(makespan, executor, with_executor)->Name("sched/executor")->Iterations(1)->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(makespan, fifo, with_fifo)->Name("sched/fifo")->Iterations(1)->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(makespan, waves, with_waves)->Name("sched/waves")->Iterations(1)->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace weft::bench
