#include "weft/pipeline/stage_graph.hpp"

#include <catch2/catch.hpp>

#include "support/run_logs.hpp"

using namespace weft;
using weft::test::RunLog;

namespace {

StageGraph::Stage stage(std::string name, std::vector<std::string> needs = {}, std::string status = "") {
    const std::size_t bracket = name.find('[');
    return {.name = name,
            .kind = "k",
            .group = bracket == std::string::npos ? "" : name.substr(0, bracket),
            .needs = std::move(needs),
            .status = std::move(status)};
}

StageGraph lifts(int count, const std::string& seventh = "done") {
    StageGraph graph{.title = "p", .stages = {stage("load", {}, "done")}};
    std::vector<std::string> names;
    for (int i = 1; i <= count; ++i) {
        names.push_back("lift[S" + std::to_string(i) + "]");
        graph.stages.push_back(stage(names.back(), {"load"}, i == 7 ? seventh : "done"));
    }
    graph.stages.push_back(stage("compare", names, "skipped"));
    return graph;
}

}  // namespace

TEST_CASE("a run becomes a graph with times, counts and the critical path", "[pipeline]") {
    RunLog log(
        {{.name = "load", .kind = "load"}, {.name = "lift[a]", .kind = "lift", .needs = {"load"}}, {.name = "end", .needs = {"lift[a]"}}});
    log.task("load", 0, 42)
        .started("lift[a]", 42)
        .task("lift[a]/1", 43, 1'500)
        .retrying("lift[a]", 1'600, "x")
        .started("lift[a]", 1'700, {}, 2);
    log.ended("lift[a]", 4'242, TaskStatus::failed, "no").ended("end", 4'242, TaskStatus::skipped, "task 'lift[a]' failed", "lift[a]");
    const StageGraph graph = graph_of(timeline_of(log.run), "title");
    REQUIRE(graph.stages.size() == 3);
    CHECK(graph.title == "title");
    CHECK(graph.stages[0].lines == std::vector<std::string>{"42 ms"});
    CHECK(graph.stages[1].group == "lift");
    CHECK(graph.stages[1].status == "failed");
    CHECK(graph.stages[1].critical);
    CHECK(graph.stages[1].lines == std::vector<std::string>{"4.2 s", "1 task", "1 tried again"});
    CHECK(graph.stages[2].lines == std::vector<std::string>{"because of lift[a]"});
    CHECK(graph.stages[2].needs == std::vector<std::string>{"lift[a]"});
}

TEST_CASE("a plan becomes a graph in an order in which it can run", "[pipeline]") {
    Pipeline pipeline;
    pipeline.name = "p";
    pipeline.stages.resize(2);
    pipeline.stages[0].name = pipeline.stages[0].base = "end";
    pipeline.stages[0].needs = {"lift[a]"};
    pipeline.stages[1].name = "lift[a]";
    pipeline.stages[1].base = "lift";
    pipeline.stages[1].key = "a";
    pipeline.stages[1].kind = "lift";
    pipeline.order = {1, 0};
    const StageGraph graph = graph_of(pipeline);
    REQUIRE(graph.stages.size() == 2);
    CHECK(graph.stages[0].name == "lift[a]");
    CHECK(graph.stages[0].group == "lift");
    CHECK(graph.stages[0].status.empty());
    CHECK(graph.stages[1].group.empty());
}

TEST_CASE("large foreach are folded, small ones are not", "[pipeline]") {
    CHECK(folded(lifts(4)).stages.size() == 6);
    const StageGraph all_done = folded(lifts(12));
    REQUIRE(all_done.stages.size() == 3);
    CHECK(all_done.stages[1].name == "lift × 12");
    CHECK(all_done.stages[1].status == "done");
    CHECK(all_done.stages[1].lines.empty());
    CHECK(all_done.stages[1].needs == std::vector<std::string>{"load"});
    CHECK(all_done.stages[2].needs == std::vector<std::string>{"lift × 12"});
    const StageGraph one_failed = folded(lifts(12, "failed"));
    CHECK(one_failed.stages[1].status == "failed");
    CHECK(one_failed.stages[1].lines == std::vector<std::string>{"1 failed", "11 done"});

    // Chains of a foreach over the same items: a fold needs a fold.
    StageGraph chains = lifts(12);
    chains.stages.pop_back();
    for (int i = 1; i <= 12; ++i) chains.stages.push_back(stage("rate[S" + std::to_string(i) + "]", {"lift[S" + std::to_string(i) + "]"}));
    CHECK(folded(chains).stages[2].needs == std::vector<std::string>{"lift × 12"});

    // Crosswise, folding would make a cycle of what is none.
    StageGraph crosswise{.stages = {stage("a[1]"), stage("b[1]", {"a[1]"}), stage("b[2]"), stage("a[2]", {"b[2]"})}};
    CHECK(folded(crosswise, 1).stages.size() == 4);
    CHECK(folded(crosswise, 2).stages.size() == 4);
}

TEST_CASE("graphs are drawn with box lines", "[pipeline]") {
    struct Row {
        StageGraph graph;
        const char* expected;
    };
    const Row rows[] = {
        {{}, ""},
        {{.stages = {stage("a"), stage("b", {"a"}), stage("c", {"b"})}}, "●  a\n●  b\n●  c\n"},
        {{.stages = {stage("a"), stage("b"), stage("c", {"missing", "c"})}}, "●    a\n  ●  b\n●    c\n"},
        {{.stages = {stage("load", {}, "done"), stage("left", {"load"}, "running"), stage("right", {"load"}, "failed"),
                     stage("end", {"left", "right"}, "waiting")}},
         "●    load   done\n├─◐  left   running\n✗ │  right  failed\n○─╯  end    waiting\n"},
        {{.stages = {stage("load"), stage("a", {"load"}), stage("b", {"load"}), stage("c", {"load"})}},
         "●    load\n├─●  a\n├─●  b\n╰─●  c\n"},
        {{.stages = {stage("x"), stage("y"), stage("z"), stage("xz", {"x", "z"}), stage("all", {"x", "y", "z"}),
                     stage("end", {"xz", "all"})}},
         "●        x\n│ ●      y\n│ │ ●    z\n├─│─┼─●  xz\n●─┴─╯ │  all\n●─────╯  end\n"},
    };
    for (const Row& row : rows) CHECK(graph_text(row.graph) == row.expected);
}

TEST_CASE("lines of text keep to their width and to one line", "[pipeline]") {
    StageGraph graph{.stages = {stage("a\nb\x1b[31m", {}, "done")}};
    graph.stages[0].lines = {"4.2 s", "12 tasks"};
    graph.stages[0].critical = true;
    CHECK(graph_text(graph) == "●  a\xEF\xBF\xBD" "b\xEF\xBF\xBD[31m  done  4.2 s, 12 tasks, critical\n");
    CHECK(graph_text(graph, 12) == "●  a\xEF\xBF\xBD" "b\xEF\xBF\xBD[31m…\n");
}
