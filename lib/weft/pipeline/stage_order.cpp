#include "weft/pipeline/stage_order.hpp"

#include <algorithm>
#include <functional>
#include <queue>

namespace weft {

std::vector<std::vector<std::size_t>> find_cycles(const NeedsLists& needs) {
    enum class State { unseen, on_path, done };
    struct Step {
        std::size_t stage;
        std::size_t next;   // of its needs
    };
    std::vector<State> states(needs.size(), State::unseen);
    std::vector<std::vector<std::size_t>> cycles;
    std::vector<Step> path;   // by hand: a chain of stages may be longer than the stack is deep
    for (std::size_t first = 0; first < needs.size(); ++first) {
        if (states[first] != State::unseen) continue;
        states[first] = State::on_path;
        path.push_back({first, 0});
        while (!path.empty()) {
            const std::size_t stage = path.back().stage;
            if (path.back().next == needs[stage].size()) {
                states[stage] = State::done;
                path.pop_back();
                continue;
            }
            const std::size_t needed = needs[stage][path.back().next++];
            if (states[needed] == State::unseen) {
                states[needed] = State::on_path;
                path.push_back({needed, 0});
            } else if (states[needed] == State::on_path) {
                const auto begin = std::find_if(path.begin(), path.end(), [&](const Step& step) { return step.stage == needed; });
                std::vector<std::size_t> cycle;
                for (auto step = begin; step != path.end(); ++step) cycle.push_back(step->stage);
                std::rotate(cycle.begin(), std::min_element(cycle.begin(), cycle.end()), cycle.end());
                cycles.push_back(std::move(cycle));
            }
        }
    }
    return cycles;
}

std::vector<std::size_t> topological_order(const NeedsLists& needs) {
    NeedsLists needed_by(needs.size());
    std::vector<std::size_t> open(needs.size());
    std::priority_queue<std::size_t, std::vector<std::size_t>, std::greater<>> free;
    for (std::size_t stage = 0; stage < needs.size(); ++stage) {
        open[stage] = needs[stage].size();
        for (const std::size_t needed : needs[stage]) needed_by[needed].push_back(stage);
        if (needs[stage].empty()) free.push(stage);
    }
    std::vector<std::size_t> order;
    while (!free.empty()) {
        const std::size_t stage = free.top();
        free.pop();
        order.push_back(stage);
        for (const std::size_t waiting : needed_by[stage])
            if (--open[waiting] == 0) free.push(waiting);
    }
    return order;
}

}  // namespace weft
