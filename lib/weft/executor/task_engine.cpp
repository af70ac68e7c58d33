#include "weft/executor/task_engine.hpp"

#include <algorithm>
#include <iterator>
#include <stdexcept>
#include <string>
#include <utility>

namespace weft {
namespace {

NodeState state_after(BodyEnd said) {
    switch (said) {
        case BodyEnd::done: return NodeState::done;
        case BodyEnd::failed: return NodeState::failed;
        case BodyEnd::cancelled: return NodeState::cancelled;
        case BodyEnd::later: return NodeState::running;
    }
    return NodeState::failed;
}

}  // namespace

NodeId TaskEngine::add(std::span<const NodeId> after) {
    const auto id = static_cast<NodeId>(size());
    for (const NodeId other : after)
        if (other >= id) throw std::logic_error("node " + std::to_string(id) + " waits for node " + std::to_string(other) + ", which comes later");
    dependencies_.add(after);
    nodes_.push_back({.waiting_for = static_cast<std::uint32_t>(after.size())});
    return id;
}

NodeId TaskEngine::add(std::span<const NodeId> after, NodeUrgency urgency) {
    const NodeId id = add(after);
    urgencies_.push_back(std::move(urgency));
    urgency_of_.resize(id + std::size_t{1});
    urgency_of_[id] = static_cast<std::uint32_t>(urgencies_.size());
    return id;
}

NodeId TaskEngine::add(Body body, std::span<const NodeId> after) { return give_body(add(after), std::move(body)); }

NodeId TaskEngine::add(Body body, std::span<const NodeId> after, NodeUrgency urgency) {
    return give_body(add(after, std::move(urgency)), std::move(body));
}

NodeId TaskEngine::give_body(NodeId node, Body body) {
    bodies_.resize(node);
    bodies_.push_back(std::move(body));
    return node;
}

void TaskEngine::run(const CancellationToken& cancel) {
    if (std::exchange(ran_, true)) throw std::logic_error("a task engine runs once");
    cancel_ = cancel;
    successors_ = dependencies_.turned();
    std::vector<NodeId> roots;
    const Time now = std::chrono::steady_clock::now();
    for (NodeId node = 0; node < size(); ++node)
        if (nodes_[node].waiting_for == 0) {
            nodes_[node].times.ready = now;
            roots.push_back(node);
        }
    scheduler_.run([&] { start_all(std::move(roots)); });
    for (NodeId node = 0; node < size(); ++node)
        if (nodes_[node].state <= NodeState::running)
            throw std::logic_error("node " + std::to_string(node) + " of the task engine has no end; please report this as a fault of weft");
}

/// Runs a node, then one that became ready by it, and so on: a chain stays on its thread. `now` is when the thread became free.
void TaskEngine::work(NodeId node, Time now) {
    while (node != no_node) {
        const NodeState state = run_body(node, now);
        if (state == NodeState::running) return;   // `finish` may have been called already, so nothing is touched any more
        node = end(node, state, now);
    }
}

/// The state in which a node is left: `running` when its body said `later`. Moves `now` to the end of the body.
NodeState TaskEngine::run_body(NodeId node, Time& now) {
    Node& its = nodes_[node];
    // All that it waited for has ended, so nobody writes to it any more.
    if (its.cause != no_node) return NodeState::skipped;
    if (its.cancelled || stopping_.load(std::memory_order_relaxed) || cancel_.requested())
        return NodeState::cancelled;
    its.state = NodeState::running;
    its.times.begin = now;
    BodyEnd said = BodyEnd::failed;
    try {
        said = node < bodies_.size() && bodies_[node] ? bodies_[node](node) : usual_body_(node);
    } catch (...) {
        const std::lock_guard lock{exceptions_mutex_};
        exceptions_[node] = std::current_exception();
    }
    if (said == BodyEnd::later) return NodeState::running;   // its times are no longer ours
    if (its.times.end == Time{}) its.times.end = std::chrono::steady_clock::now();
    now = its.times.end;
    return state_after(said);
}

void TaskEngine::finish(NodeId node, BodyEnd said) {
    nodes_[node].times.end = std::chrono::steady_clock::now();
    end_elsewhere(node, state_after(said), nodes_[node].times.end);
    scheduler_.release();
}

/// For threads that are not in `work`: what goes through the queue stands in it before the caller gives its tokens back, so that the most
/// urgent one gets them; what does not must run on the threads of the compute lane.
void TaskEngine::end_elsewhere(NodeId node, NodeState state, Time now) {
    if (urgencies_.size() == size()) (void)end(node, state, now);   // returns none
    else scheduler_.post([this, node, state, now] { work(end(node, state, now), now); });
}

/// Gives a node its final state and lowers its successors' counters. Returns one of those that are ready, starts the others.
NodeId TaskEngine::end(NodeId node, NodeState final_state, Time now) {
    if (nodes_[node].state == NodeState::waiting && on_not_run_) on_not_run_(node, final_state);
    nodes_[node].state = final_state;
    const NodeId blamed = final_state == NodeState::failed ? node : nodes_[node].cause;
    NodeId next = no_node, other = no_node;
    std::vector<NodeId> more;   // beyond those two, which most nodes have at most
    for (const NodeId successor : successors_[node]) {
        Node& waiting = nodes_[successor];
        if (blamed != no_node) {
            const std::atomic_ref cause(waiting.cause);
            NodeId known = cause.load(std::memory_order_relaxed);
            while (blamed < known && !cause.compare_exchange_weak(known, blamed, std::memory_order_relaxed)) {}
        } else if (final_state == NodeState::cancelled) {
            std::atomic_ref(waiting.cancelled).store(true, std::memory_order_relaxed);
        }
        // The last one to lower the counter sees what all others wrote before.
        if (std::atomic_ref(waiting.waiting_for).fetch_sub(1, std::memory_order_acq_rel) != 1) continue;
        waiting.times.ready = now;
        if (next == no_node && urgency_of(successor) == 0) next = successor;
        else if (other == no_node && urgency_of(successor) == 0) other = successor;
        else more.push_back(successor);
    }
    if (other != no_node) start(other);
    if (!more.empty()) start_all(std::move(more));
    return next;
}

void TaskEngine::start(NodeId node) {
    if (urgency_of(node) != 0) return scheduler_.submit(urgent_job(node));
    scheduler_.spawn([this, node] { work(node, std::chrono::steady_clock::now()); });
}

Job TaskEngine::urgent_job(NodeId node) {
    NodeUrgency& urgency = urgencies_[urgency_of(node) - 1];
    const auto run = [this, node, lane = urgency.lane] {
        Time now = std::chrono::steady_clock::now();
        const NodeState state = run_body(node, now);
        if (state == NodeState::running) return;
        if (lane != Lane::compute) return end_elsewhere(node, state, now);
        const NodeId next = end(node, state, now);
        if (next != no_node) start(next);   // not here and now: this thread holds the tokens of `node`
    };
    return {run, urgency.priority, std::move(urgency.demand), urgency.lane, urgency.name};
}

void TaskEngine::start_all(std::vector<NodeId> nodes) {
    const auto plain = std::stable_partition(nodes.begin(), nodes.end(), [&](NodeId node) { return urgency_of(node) != 0; });
    std::vector<Job> jobs;
    std::transform(nodes.begin(), plain, std::back_inserter(jobs), [&](NodeId node) { return urgent_job(node); });
    if (!jobs.empty()) scheduler_.submit(std::move(jobs));
    nodes.erase(nodes.begin(), plain);
    if (nodes.size() <= 2) {
        for (const NodeId node : nodes) start(node);
        return;
    }
    // Each thread takes them one by one: a task of oneTBB for each would cost more than small nodes do, and a share for each thread would
    // let a node that waits for another one stand in its way.
    struct Burst {
        std::vector<NodeId> nodes;
        std::atomic<std::size_t> next{0};
    };
    const auto burst = std::make_shared<Burst>(std::move(nodes));
    for (int thread = 0; thread < scheduler_.threads(); ++thread)
        scheduler_.spawn([this, burst] {
            for (std::size_t i = 0; (i = burst->next.fetch_add(1, std::memory_order_relaxed)) < burst->nodes.size();)
                work(burst->nodes[i], std::chrono::steady_clock::now());
        });
}

std::exception_ptr TaskEngine::exception(NodeId node) const {
    const std::lock_guard lock{exceptions_mutex_};
    const auto found = exceptions_.find(node);
    return found == exceptions_.end() ? nullptr : found->second;
}

}  // namespace weft
