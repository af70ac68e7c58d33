// Handles while a run goes on in another thread: waiting, progress, cancelling; gathering many.
#include "weft/executor/task_handle.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <stdexcept>
#include <thread>

#include "weft/executor/hierarchical_executor.hpp"

using namespace weft;
using namespace std::chrono_literals;

TEST_CASE("handle_test: a handle sees its task from outside and outlives the executor", "[executor]") {
    std::atomic<bool> go{false};
    std::optional<TaskHandle<int>> kept;
    {
        HierarchicalExecutor executor({.threads = 2});
        TaskHandle<int> handle = executor.add("slow", [&](TaskContext& task) {
            task.progress(1, 2);
            while (!go) std::this_thread::sleep_for(1ms);
            return 42;
        });
        std::thread run([&] { executor.execute(); });
        while (handle.progress().done == 0) std::this_thread::sleep_for(1ms);
        CHECK_FALSE(handle.ready());
        CHECK_FALSE(handle.try_get());
        CHECK_FALSE(handle.wait_for(1ms));
        CHECK(handle.progress().total == 2);
        go = true;
        CHECK(handle.get() == 42);
        run.join();
        CHECK(handle.meta().attempts == 1);
        kept = handle;
    }
    CHECK(kept->try_get()->value == 42);
}

TEST_CASE("one task is cancelled by its handle, the others go on", "[executor]") {
    HierarchicalExecutor executor({.threads = 2});
    auto never = executor.add("never", [](TaskContext& task) {
        for (;;) {
            task.cancel().throw_if_requested();
            std::this_thread::sleep_for(1ms);
        }
    });
    const auto other = executor.add("other", [](TaskContext&) { return 1; });
    std::thread user([&] {
        other.wait();
        never.cancel();
    });
    executor.execute();
    user.join();
    CHECK(never.wait().status == TaskStatus::cancelled);
    CHECK_THROWS_WITH(never.get(), "the task was cancelled");
    CHECK(other.get() == 1);
}

TEST_CASE("gather_test: gather waits for all: values in order, or the first failure", "[executor]") {
    HierarchicalExecutor executor({.threads = 2});
    std::vector<TaskHandle<int>> handles;
    for (int i = 0; i < 10; ++i)
        handles.push_back(executor.add(std::to_string(i), [i](TaskContext&) {
            if (i == 4 || i == 6) throw std::runtime_error("task " + std::to_string(i));
            return i;
        }, {}, {.on_error = OnError::keep_going}));
    executor.execute();
    const std::vector<Outcome<int>> outcomes = gather(std::span(handles), OnError::keep_going);
    CHECK(outcomes[3].value == 3);
    CHECK(outcomes[4].status == TaskStatus::failed);
    CHECK_THROWS_WITH(gather(std::span(handles)), "task 4");
}
