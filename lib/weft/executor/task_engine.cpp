#include "weft/executor/task_engine.hpp"

#include <algorithm>
#include <iterator>
#include <stdexcept>
#include <string>

namespace weft {
namespace {

constexpr std::size_t tasks_per_burst = 256;   // that a wide fan-out becomes at most per thread and burst: few enough to be cheap, and
                                               // each a small part of the whole, so that no thread waits long for the last one

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

NodeId TaskEngine::add(Body body, std::span<const NodeId> after) {
    const auto id = static_cast<NodeId>(bodies_.size());
    for (const NodeId other : after)
        if (other >= id) throw std::logic_error("node " + std::to_string(id) + " waits for node " + std::to_string(other) + ", which comes later");
    bodies_.push_back(std::move(body));
    dependencies_.insert(dependencies_.end(), after.begin(), after.end());
    dependencies_end_.push_back(dependencies_.size());
    urgency_of_.push_back(0);
    return id;
}

NodeId TaskEngine::add(Body body, std::span<const NodeId> after, NodeUrgency urgency) {
    const NodeId id = add(std::move(body), after);
    urgencies_.push_back(std::move(urgency));
    urgency_of_[id] = static_cast<std::uint32_t>(urgencies_.size());
    return id;
}

/// Turns the lists of dependencies into lists of successors: a counting sort.
void TaskEngine::link() {
    const std::size_t count = bodies_.size();
    nodes_ = std::make_unique<Node[]>(count);
    successors_begin_.assign(count + 1, 0);
    for (const NodeId other : dependencies_) ++successors_begin_[other + 1];
    for (std::size_t i = 0; i < count; ++i) successors_begin_[i + 1] += successors_begin_[i];
    std::vector<std::size_t> place(successors_begin_.begin(), successors_begin_.end() - 1);
    successors_.resize(dependencies_.size());
    std::size_t edge = 0;
    for (NodeId node = 0; node < count; ++node) {
        nodes_[node].waiting_for.store(static_cast<std::uint32_t>(dependencies_end_[node] - edge), std::memory_order_relaxed);
        for (; edge < dependencies_end_[node]; ++edge) successors_[place[dependencies_[edge]]++] = node;
    }
}

void TaskEngine::run(const CancellationToken& cancel) {
    if (nodes_) throw std::logic_error("a task engine runs once");
    cancel_ = cancel;
    link();
    std::vector<NodeId> roots;
    for (NodeId node = 0; node < bodies_.size(); ++node)
        if (nodes_[node].waiting_for.load(std::memory_order_relaxed) == 0) roots.push_back(node);
    scheduler_.run([&] { start_all(std::move(roots)); });
    for (NodeId node = 0; node < bodies_.size(); ++node)
        if (nodes_[node].state <= NodeState::running)
            throw std::logic_error("node " + std::to_string(node) + " of the task engine has no end; please report this as a fault of weft");
}

/// Runs a node, then one that became ready by it, and so on: a chain stays on its thread. `now` is when the thread became free.
void TaskEngine::work(NodeId node, Time now) {
    while (node != no_node) {
        const NodeState state = run_body(node, now);
        if (state == NodeState::running) return;   // `finish` may have been called already, so nothing is touched any more
        node = end(node, state);
    }
}

/// The state in which a node is left: `running` when its body said `later`. Moves `now` to the end of the body.
NodeState TaskEngine::run_body(NodeId node, Time& now) {
    Node& its = nodes_[node];
    if (its.cause.load(std::memory_order_relaxed) != no_node) return NodeState::skipped;
    if (its.cancelled.load(std::memory_order_relaxed) || stopping_.load(std::memory_order_relaxed) || cancel_.requested())
        return NodeState::cancelled;
    its.state = NodeState::running;
    its.times.begin = now;
    BodyEnd said = BodyEnd::failed;
    try {
        said = bodies_[node](node);
    } catch (...) {
        const std::lock_guard lock{exceptions_mutex_};
        exceptions_[node] = std::current_exception();
    }
    if (said == BodyEnd::later) return NodeState::running;   // its times are no longer ours
    now = std::chrono::steady_clock::now();
    its.times.end = now;
    return state_after(said);
}

void TaskEngine::finish(NodeId node, BodyEnd said) {
    nodes_[node].times.end = std::chrono::steady_clock::now();
    // What goes through the queue stands in it before the caller gives its tokens back: the most urgent one gets them.
    if (urgencies_.size() == bodies_.size()) (void)end(node, state_after(said));   // returns none
    else end_on_compute(node, state_after(said));
    scheduler_.release();
}

/// For threads that are not those of the compute lane: what becomes ready must run there.
void TaskEngine::end_on_compute(NodeId node, NodeState state) {
    scheduler_.post([this, node, state] { work(end(node, state), std::chrono::steady_clock::now()); });
}

/// Gives a node its final state and lowers its successors' counters. Returns one of those that are ready, starts the others.
NodeId TaskEngine::end(NodeId node, NodeState final_state) {
    if (nodes_[node].state == NodeState::waiting && on_not_run_) on_not_run_(node, final_state);
    nodes_[node].state = final_state;
    const NodeId blamed = final_state == NodeState::failed ? node : nodes_[node].cause.load(std::memory_order_relaxed);
    NodeId next = no_node, other = no_node;
    std::vector<NodeId> more;   // beyond those two, which most nodes have at most
    for (std::size_t i = successors_begin_[node]; i < successors_begin_[node + 1]; ++i) {
        const NodeId successor = successors_[i];
        Node& waiting = nodes_[successor];
        if (blamed != no_node) {
            NodeId known = waiting.cause.load(std::memory_order_relaxed);
            while (blamed < known && !waiting.cause.compare_exchange_weak(known, blamed, std::memory_order_relaxed)) {}
        } else if (final_state == NodeState::cancelled) {
            waiting.cancelled.store(true, std::memory_order_relaxed);
        }
        // The last one to lower the counter sees what all others wrote before.
        if (waiting.waiting_for.fetch_sub(1, std::memory_order_acq_rel) != 1) continue;
        if (next == no_node && urgency_of_[successor] == 0) next = successor;
        else if (other == no_node && urgency_of_[successor] == 0) other = successor;
        else more.push_back(successor);
    }
    if (other != no_node) start(other);
    if (!more.empty()) start_all(std::move(more));
    return next;
}

void TaskEngine::start(NodeId node) {
    if (urgency_of_[node] != 0) return scheduler_.submit(urgent_job(node));
    scheduler_.spawn([this, node] { work(node, std::chrono::steady_clock::now()); });
}

Job TaskEngine::urgent_job(NodeId node) {
    NodeUrgency& urgency = urgencies_[urgency_of_[node] - 1];
    nodes_[node].times.ready = std::chrono::steady_clock::now();
    const auto run = [this, node, lane = urgency.lane] {
        Time now = std::chrono::steady_clock::now();
        const NodeState state = run_body(node, now);
        if (state == NodeState::running) return;
        if (lane != Lane::compute) return end_on_compute(node, state);
        const NodeId next = end(node, state);
        if (next != no_node) start(next);   // not here and now: this thread holds the tokens of `node`
    };
    return {run, urgency.priority, std::move(urgency.demand), urgency.lane, urgency.name};
}

void TaskEngine::start_all(std::vector<NodeId> nodes) {
    const auto plain = std::stable_partition(nodes.begin(), nodes.end(), [&](NodeId node) { return urgency_of_[node] != 0; });
    std::vector<Job> jobs;
    std::transform(nodes.begin(), plain, std::back_inserter(jobs), [&](NodeId node) { return urgent_job(node); });
    if (!jobs.empty()) scheduler_.submit(std::move(jobs));
    nodes.erase(nodes.begin(), plain);
    if (nodes.size() <= 2) {
        for (const NodeId node : nodes) start(node);
        return;
    }
    const std::size_t grain = nodes.size() / (tasks_per_burst * static_cast<std::size_t>(scheduler_.threads())) + 1;
    const auto shared = std::make_shared<const std::vector<NodeId>>(std::move(nodes));
    scheduler_.spawn([this, shared, grain] { start_all(shared, 0, shared->size(), grain); });
}

/// Halves the list until it is small; idle threads steal the halves.
void TaskEngine::start_all(const std::shared_ptr<const std::vector<NodeId>>& nodes, std::size_t begin, std::size_t end, std::size_t grain) {
    while (end - begin > grain) {
        const std::size_t middle = begin + (end - begin) / 2;
        scheduler_.spawn([this, nodes, middle, end, grain] { start_all(nodes, middle, end, grain); });
        end = middle;
    }
    for (; begin < end; ++begin) work((*nodes)[begin], std::chrono::steady_clock::now());
}

std::exception_ptr TaskEngine::exception(NodeId node) const {
    const std::lock_guard lock{exceptions_mutex_};
    const auto found = exceptions_.find(node);
    return found == exceptions_.end() ? nullptr : found->second;
}

}  // namespace weft
