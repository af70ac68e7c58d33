// How a task stands, seen by those who wait for its end.
#include "weft/executor/task_state.hpp"

#include <catch2/catch.hpp>
#include <thread>
#include <vector>

using namespace weft;
using namespace std::chrono_literals;

TEST_CASE("no end is missed, however close it comes to the wait", "[executor]") {
    for (int round = 0; round < 2'000; ++round) {
        TaskBoard board;
        TaskState& state = board.add();
        std::vector<std::thread> waiting;
        for (int i = 0; i < 2; ++i)
            waiting.emplace_back([&] {
                board.wait(state);
                CHECK(std::any_cast<int>(state.value) == round);   // all before the end is seen with it
            });
        state.value = round;
        board.end(state, TaskStatus::done);
        for (std::thread& one : waiting) one.join();
        CHECK(board.waiting_threads().empty());
    }
}

TEST_CASE("who waits is seen, and a wait for a time ends without the task", "[executor]") {
    TaskBoard board;
    TaskState& first = board.add();
    TaskState& second = board.add();
    CHECK_FALSE(board.wait_for(first, 1ms));
    std::thread waiting([&] { CHECK(board.wait_for(second, 1min)); });
    while (board.waiting_threads().empty()) std::this_thread::sleep_for(1ms);
    CHECK(board.waiting_threads() == std::vector<std::pair<std::thread::id, const TaskState*>>{{waiting.get_id(), &second}});
    board.end(first, TaskStatus::failed);
    CHECK(first.ended());
    CHECK_FALSE(second.ended());
    board.end(second, TaskStatus::skipped);
    waiting.join();
}

TEST_CASE("a task has one attempt once it runs, and none when it never did", "[executor]") {
    TaskBoard board;
    TaskState& state = board.add();
    CHECK(state.meta().attempts == 0);
    CHECK(state.progress().total == 0);
    state.status = TaskStatus::running;
    CHECK(state.meta().attempts == 1);
    TaskExtras& extras = board.extras_of(state);
    CHECK(&extras == &board.extras_of(state));
    CHECK(state.meta().attempts == 1);
    extras.attempts = 3;
    extras.progress_total = 7;
    CHECK(state.meta().attempts == 3);
    CHECK(state.progress().total == 7);
    TaskState& skipped = board.add();
    board.extras_of(skipped).reason = "task 'a' failed";
    board.end(skipped, TaskStatus::skipped);
    CHECK(skipped.meta().attempts == 0);
}

TEST_CASE("cancelling the run reaches what a task has of its own, made before or after", "[executor]") {
    TaskBoard board;
    TaskState& before = board.add();
    TaskState& after = board.add();
    const CancellationToken token = board.extras_of(before).cancel.token();
    board.cancel().request("no more");
    CHECK(token.reason() == "no more");
    CHECK(board.extras_of(after).cancel.requested());
}
