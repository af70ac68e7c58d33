// Graphs of nodes: order, failures, cancellation, tokens; random graphs under several threads.
#include "weft/executor/task_engine.hpp"

#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <mutex>
#include <random>
#include <stdexcept>
#include <thread>

using namespace weft;

namespace {

SchedulerOptions with_threads(int threads) { return {.threads = threads, .resources = {.cpu = threads}}; }

/// Random dependencies on earlier nodes.
std::vector<std::vector<NodeId>> random_graph(std::size_t nodes, std::uint32_t seed) {
    std::mt19937 random(seed);
    std::vector<std::vector<NodeId>> graph(nodes);
    for (NodeId node = 1; node < nodes; ++node)
        for (std::uint32_t edges = static_cast<std::uint32_t>(random() % 4); edges > 0; --edges) graph[node].push_back(static_cast<NodeId>(random() % node));
    return graph;
}

}  // namespace

TEST_CASE("every node runs once, after what it waits for", "[executor]") {
    for (const int threads : {1, 2, 7}) {
        for (std::uint32_t seed = 1; seed <= 20; ++seed) {
            const auto graph = random_graph(2'000, seed);
            TaskEngine engine(with_threads(threads));
            std::vector<std::atomic<int>> ran(graph.size());
            std::atomic<int> too_early{0};
            for (NodeId node = 0; node < graph.size(); ++node) {
                const auto body = [&](NodeId self) {
                    for (const NodeId other : graph[self]) too_early += ran[other] == 0;
                    ++ran[self];
                    return BodyEnd::done;
                };
                if (seed % 2 == 0 && node % 5 == 0) engine.add(body, graph[node], {.lane = node % 10 == 0 ? Lane::blocking : Lane::compute});
                else engine.add(body, graph[node]);
            }
            engine.run();
            REQUIRE(too_early == 0);
            REQUIRE(std::all_of(ran.begin(), ran.end(), [](const auto& times) { return times == 1; }));
        }
    }
}

TEST_CASE("what waits for a failed node is skipped, at any distance, and names the lowest failed one", "[executor]") {
    for (const int threads : {1, 3}) {
        TaskEngine engine(with_threads(threads));
        const auto good = [](NodeId) { return BodyEnd::done; };
        const NodeId a = engine.add([](NodeId) { return BodyEnd::failed; });
        const NodeId b = engine.add([](NodeId) -> BodyEnd { throw std::runtime_error("b"); });
        const NodeId c = engine.add(good);
        const NodeId d = engine.add(good, std::vector{b, c});
        const NodeId e = engine.add(good, std::vector{d, a});
        const NodeId f = engine.add(good, std::vector{c});
        engine.run();
        CHECK(engine.state(a) == NodeState::failed);
        CHECK(engine.exception(a) == nullptr);
        CHECK(engine.state(b) == NodeState::failed);
        CHECK_THROWS_WITH(std::rethrow_exception(engine.exception(b)), "b");
        CHECK(engine.state(d) == NodeState::skipped);
        CHECK(engine.cause(d) == b);
        CHECK(engine.state(e) == NodeState::skipped);
        CHECK(engine.cause(e) == a);
        CHECK(engine.state(f) == NodeState::done);
    }
}

TEST_CASE("after stop nothing begins, and all of the rest is cancelled", "[executor]") {
    TaskEngine engine(with_threads(2));
    std::atomic<int> ran{0}, not_run{0};
    NodeId last = engine.add([&](NodeId) {
        engine.stop();
        ++ran;
        return BodyEnd::done;
    });
    for (int i = 0; i < 1'000; ++i)
        last = engine.add([&](NodeId) {
            ++ran;
            return BodyEnd::done;
        }, std::vector{last});
    engine.on_not_run([&](NodeId, NodeState state) { not_run += state == NodeState::cancelled; });
    engine.run();
    CHECK(ran == 1);
    CHECK(not_run == 1'000);
    CHECK(engine.state(last) == NodeState::cancelled);
}

TEST_CASE("a cancelled run starts nothing", "[executor]") {
    TaskEngine engine(with_threads(2));
    CancellationSource cancel;
    cancel.request();
    const NodeId node = engine.add([](NodeId) -> BodyEnd { throw std::logic_error("ran"); });
    engine.run(cancel.token());
    CHECK(engine.state(node) == NodeState::cancelled);
}

TEST_CASE("a node may end later, by another thread", "[executor]") {
    for (const int threads : {1, 2}) {
        TaskEngine engine(with_threads(threads));
        std::vector<std::thread> elsewhere;
        const NodeId first = engine.add([&](NodeId node) {
            engine.scheduler().hold();
            elsewhere.emplace_back([&engine, node] {
                std::this_thread::sleep_for(std::chrono::milliseconds(20));
                engine.finish(node, BodyEnd::done);
            });
            return BodyEnd::later;
        });
        bool after = false;
        engine.add([&](NodeId) {
            after = true;
            return BodyEnd::done;
        }, std::vector{first});
        engine.run();
        for (std::thread& thread : elsewhere) thread.join();
        CHECK(after);
        CHECK(engine.state(first) == NodeState::done);
    }
}

TEST_CASE("token_invariant_test: no more is granted than there is, and large demands are served too", "[executor]") {
    SchedulerOptions options{.threads = 4, .resources = {.cpu = 4, .memory = 100, .named = {{"gpu", 1}}}};
    TaskEngine engine(options);
    std::atomic<int> cpu{0}, gpu{0}, memory{0}, too_much{0}, ran{0};
    std::mt19937 random(5);
    for (int i = 0; i < 3'000; ++i) {
        Demand demand{.cpu = static_cast<int>(random() % 5), .memory = static_cast<std::int64_t>(random() % 101)};
        if (random() % 3 == 0) demand.named["gpu"] = 1;
        const int its_gpu = demand.named.empty() ? 0 : 1;
        engine.add([&, demand, its_gpu](NodeId) {
            too_much += (cpu += demand.cpu) > 4;
            too_much += (memory += static_cast<int>(demand.memory)) > 100;
            too_much += (gpu += its_gpu) > 1;
            cpu -= demand.cpu;
            memory -= static_cast<int>(demand.memory);
            gpu -= its_gpu;
            ++ran;
            return BodyEnd::done;
        }, {}, {.demand = demand});
    }
    engine.run();
    CHECK(too_much == 0);
    CHECK(ran == 3'000);
    CHECK(engine.scheduler().resources().peak().memory <= 100);
    CHECK(engine.scheduler().queued() == 0);
}

TEST_CASE("a node may wait only for one that was added before, and an engine runs once", "[executor]") {
    TaskEngine engine(with_threads(1));
    CHECK_THROWS_AS(engine.add([](NodeId) { return BodyEnd::done; }, std::vector<NodeId>{0}), std::logic_error);
    engine.run();
    CHECK_THROWS_AS(engine.run(), std::logic_error);
}

TEST_CASE("of nodes that become ready at once the most urgent starts first, though it comes last", "[executor]") {
    for (const bool at_the_root : {true, false})
        for (int round = 0; round < 200; ++round) {
            TaskEngine engine({.threads = 1, .resources = {.cpu = 1}});
            std::mutex mutex;
            std::vector<NodeId> order;
            const auto note = [&](NodeId node) {
                const std::lock_guard lock{mutex};
                order.push_back(node);
                return BodyEnd::done;
            };
            std::vector<NodeId> after;
            if (!at_the_root) after.push_back(engine.add([](NodeId) { return BodyEnd::done; }, {}, {.demand = {.cpu = 1}}));
            std::vector<NodeId> expected;
            for (int i = 0; i < 20; ++i) expected.insert(expected.begin(), engine.add(note, after, {.priority = static_cast<double>(i), .demand = {.cpu = 1}}));
            engine.run();
            REQUIRE(order == expected);
        }
}

TEST_CASE("engine_stress_test: a million nodes, each once and after its dependencies", "[executor]") {
    constexpr NodeId count = 1'000'000;
    TaskEngine engine(with_threads(4));
    std::mt19937 random(9);
    std::vector<std::uint32_t> longest(count, 0);   // of the paths that end at each node; written by the node alone
    std::vector<std::vector<NodeId>> lists(64);     // patterns of dependencies: distances backwards
    for (auto& list : lists)
        for (auto edges = random() % 4; edges > 0; --edges) list.push_back(static_cast<NodeId>(1 + random() % 1'000));
    const auto after = [&](NodeId node) {
        std::vector<NodeId> others;
        for (const NodeId distance : lists[node % lists.size()])
            if (distance <= node) others.push_back(node - distance);
        return others;
    };
    std::atomic<std::uint32_t> ran{0}, wrong{0};
    engine.usual_body([&](NodeId node) {
        std::uint32_t path = 1;
        for (const NodeId other : after(node)) {
            if (longest[other] == 0) ++wrong;
            path = std::max(path, longest[other] + 1);
        }
        longest[node] = path;
        ++ran;
        return BodyEnd::done;
    });
    for (NodeId node = 0; node < count; ++node) engine.add(after(node));
    engine.run();
    CHECK(ran == count);
    CHECK(wrong == 0);
    CHECK(*std::min_element(longest.begin(), longest.end()) == 1);
}
