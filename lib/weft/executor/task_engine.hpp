// Runs a graph of tasks: each starts when its own dependencies are done, never in waves.
//
// A node is a function and a counter of what it still waits for. A finished node lowers the counters of its successors; the first one
// that reaches zero is run by the same thread at once, the others become tasks of their own. Nodes lie in flat arrays, and the
// edges too, so that small tasks cost tens of nanoseconds (benchmarks/executor measures them beside oneTBB's flow graph).
//
// A node may name only nodes that were added before it, so there is no cycle. Names, results, retries: hierarchical_executor.hpp.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "weft/executor/cancellation.hpp"
#include "weft/executor/dependency_order.hpp"
#include "weft/executor/job_scheduler.hpp"

namespace weft {

using NodeId = std::uint32_t;
inline constexpr NodeId no_node = static_cast<NodeId>(-1);

/// What became of a node. Each node ends in exactly one of the last four.
enum class NodeState : std::uint8_t { waiting, running, done, failed, skipped, cancelled };

/// What a body says when it returns.
enum class BodyEnd : std::uint8_t {
    done,
    failed,      // what waits for the node is skipped
    cancelled,   // what waits for the node is cancelled too
    later,       // not yet over: somebody calls `finish` for the node. The body has called scheduler().hold() before it handed that on
};

/// A node that does not simply run as soon as it can.
struct NodeUrgency {
    double priority = 0;
    Demand demand{};
    Lane lane = Lane::compute;
    const std::string* name = nullptr;   // for messages; outlives the run
};

/// When a node began and ended, on the clock of std::chrono::steady_clock.
struct NodeTimes {
    std::chrono::steady_clock::time_point ready{};   // the last of its dependencies ended
    std::chrono::steady_clock::time_point begin{};
    std::chrono::steady_clock::time_point end{};
};

class TaskEngine {
public:
    using Body = std::function<BodyEnd(NodeId)>;
    using Time = std::chrono::steady_clock::time_point;

    explicit TaskEngine(const SchedulerOptions& options) : scheduler_(options) {}

    /// Adds a node that waits for others, all of them added before (std::logic_error otherwise). An exception of the body counts
    /// as failed and is kept.
    NodeId add(Body body, std::span<const NodeId> after = {});
    /// One that is started by priority and when its demand is granted.
    NodeId add(Body body, std::span<const NodeId> after, NodeUrgency urgency);

    /// What the nodes run that were added without a body of their own, as here:
    void usual_body(Body body) { usual_body_ = std::move(body); }
    NodeId add(std::span<const NodeId> after);
    NodeId add(std::span<const NodeId> after, NodeUrgency urgency);

    void reserve(std::size_t nodes) {
        nodes_.reserve(nodes);
        dependencies_.reserve(nodes);
    }
    std::size_t size() const { return nodes_.size(); }

    /// Runs all nodes and returns when each has its final state; throws std::logic_error when one has not. Once per object.
    void run(const CancellationToken& cancel = {});

    /// Is told of each node whose body will never run, when that is decided. Before `run`; must not throw.
    void on_not_run(std::function<void(NodeId, NodeState)> call) { on_not_run_ = std::move(call); }

    /// From now on no body starts any more: what has not begun becomes cancelled. Any thread.
    void stop() { stopping_.store(true, std::memory_order_relaxed); }

    /// A body that has looked at the clock when it was done may say so before it returns, which saves the engine another look.
    void ended_at(NodeId node, Time time) { nodes_[node].times.end = time; }

    /// Ends a node whose body returned `later`. Any thread; once per node.
    void finish(NodeId node, BodyEnd end);

    JobScheduler& scheduler() { return scheduler_; }
    const JobScheduler& scheduler() const { return scheduler_; }

    NodeState state(NodeId node) const { return nodes_[node].state; }
    NodeTimes times(NodeId node) const { return nodes_[node].times; }
    /// Why a node was skipped: the failed node that it depends on, at any distance; the lowest id of several.
    NodeId cause(NodeId node) const { return nodes_[node].cause; }
    /// What the body of a failed node threw, or null.
    std::exception_ptr exception(NodeId node) const;

private:
    /// What several threads touch is touched through std::atomic_ref.
    struct Node {
        std::uint32_t waiting_for = 0;
        NodeId cause = no_node;
        bool cancelled = false;   // a node that it waits for was cancelled
        NodeState state = NodeState::waiting;
        NodeTimes times{};
    };

    NodeId give_body(NodeId node, Body body);
    std::uint32_t urgency_of(NodeId node) const { return node < urgency_of_.size() ? urgency_of_[node] : 0; }
    void work(NodeId node, Time now);
    NodeState run_body(NodeId node, Time& now);
    void end_elsewhere(NodeId node, NodeState state, Time now);
    NodeId end(NodeId node, NodeState state, Time now);
    void start(NodeId node);
    Job urgent_job(NodeId node);
    void start_all(std::vector<NodeId> nodes);

    // As they are added.
    Body usual_body_{};
    std::vector<Body> bodies_{};                      // of each node, up to the last one with a body of its own; empty: the usual one
    std::vector<Node> nodes_{};
    Dependencies dependencies_{};
    std::vector<std::uint32_t> urgency_of_{};         // 1 + index in urgencies_, 0: none; up to the last node that has one
    std::vector<NodeUrgency> urgencies_{};

    // While it runs.
    bool ran_ = false;
    Dependencies successors_{};                       // the same from the other side
    CancellationToken cancel_{};
    std::atomic<bool> stopping_{false};
    std::function<void(NodeId, NodeState)> on_not_run_{};
    mutable std::mutex exceptions_mutex_{};
    std::map<NodeId, std::exception_ptr> exceptions_{};

    JobScheduler scheduler_;
};

}  // namespace weft
