#include "weft/executor/stall_watch.hpp"

#include <catch2/catch.hpp>
#include <mutex>
#include <thread>

#include "support/executor_tasks.hpp"

using namespace weft;
using namespace weft::test;
using namespace std::chrono_literals;

namespace {

/// What a watch said, from whatever thread.
class Heard {
public:
    std::function<void(const std::string&)> listener() {
        return [this](const std::string& text) {
            const std::lock_guard lock{mutex_};
            texts_.push_back(text);
        };
    }
    std::vector<std::string> texts() const {
        const std::lock_guard lock{mutex_};
        return texts_;
    }

private:
    mutable std::mutex mutex_{};
    std::vector<std::string> texts_{};
};

}  // namespace

TEST_CASE("deadlock_test: a deadlock is named within ten seconds, with the settings as they are", "[executor]") {
    Heard heard;
    StallWatch watch(heard.listener());
    CancellationSource stop;
    HierarchicalExecutor executor({.threads = 2, .events = watch.sink()});
    const auto wanted = executor.add("wanted", [](TaskContext&) {}, {}, {.priority = -1});
    for (const char* name : {"first", "second"})   // they take both processors, and then wait for one that needs a third
        executor.add(name, [wanted](TaskContext& task) {
            while (!wanted.wait_for(200ms)) task.cancel().throw_if_requested();
        });
    executor.add("behind", [](TaskContext&) {}, {"wanted"});
    watch.watch(executor);
    const auto begin = std::chrono::steady_clock::now();
    std::thread rescuer([&] {
        while (heard.texts().empty() && std::chrono::steady_clock::now() - begin < 20s) std::this_thread::sleep_for(10ms);
        stop.request("the test is over");
    });
    executor.execute(stop.token());
    rescuer.join();
    watch.stop();
    CHECK(std::chrono::steady_clock::now() - begin < 10s);
    REQUIRE(heard.texts().size() == 1);
    const std::string text = heard.texts()[0];
    INFO(text);
    CHECK(text.starts_with("deadlock: every running task waits for another one, and none can start\n"));
    for (const char* part : {"'first' has been running for ", " and holds 1 cpu; it waits for the result of 'wanted'\n",
                             "'second' has been running for ", "'wanted' could run and waits for 1 cpu (0 of 2 free)\n",
                             "'behind' waits for the end of 'wanted'\n", "make that one a dependency"})
        CHECK(text.find(part) != std::string::npos);
}

TEST_CASE("silence is told while somebody waits, more and more rarely", "[executor]") {
    Heard heard;
    StallWatch watch(heard.listener(), {.deadlock_after = 20ms, .silence_after = 100ms});
    HierarchicalExecutor executor({.threads = 2, .events = watch.sink()});
    executor.add("long", [](TaskContext&) { std::this_thread::sleep_for(600ms); });
    executor.add("behind", [](TaskContext&) {}, {"long"});
    watch.watch(executor);
    executor.execute();
    watch.stop();
    const std::vector<std::string> texts = heard.texts();
    CHECK(texts.size() >= 1);
    CHECK(texts.size() <= 3);   // at 100, 200 and 400 ms
    REQUIRE_FALSE(texts.empty());
    CHECK(texts[0].starts_with("nothing was heard for "));
    CHECK(texts[0].find("'long' has been running for ") != std::string::npos);
    CHECK(texts[0].ends_with("\n  'behind' waits for the end of 'long'"));
}

TEST_CASE("a run that speaks, or in which nobody waits, is left in peace", "[executor]") {
    Heard heard;
    StallWatch watch(heard.listener(), {.deadlock_after = 500ms, .silence_after = 500ms});
    {
        HierarchicalExecutor executor({.threads = 1, .events = watch.sink()});
        executor.add("busy", [](TaskContext& task) {
            for (std::uint64_t i = 0; i < 100; ++i) {
                std::this_thread::sleep_for(10ms);
                task.progress(i, 100);
            }
        });
        executor.add("behind", [](TaskContext&) {}, {"busy"});
        watch.watch(executor);
        executor.execute();
        watch.stop();
    }
    {
        HierarchicalExecutor executor({.threads = 1, .events = watch.sink()});
        executor.add("alone", [](TaskContext&) { std::this_thread::sleep_for(800ms); });
        watch.watch(executor);
        executor.execute();
        watch.stop();
    }
    CHECK(heard.texts().empty());
}

TEST_CASE("long lists are cut", "[executor]") {
    ExecutorSnapshot snapshot;
    for (int i = 0; i < 15; ++i) snapshot.ready.push_back({"t" + std::to_string(i) + "\n", {}});
    const std::string text = stall_text(snapshot, 61s);
    CHECK(text.starts_with("nothing was heard for 1:01\n  't0\xEF\xBF\xBD' could run and waits for a thread\n"));
    CHECK(text.ends_with("\n  and 5 more"));
}
