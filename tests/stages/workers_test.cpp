// What stages hold while they run, and how many of their tasks run at once.
#include "weft/stages/workers.hpp"

#include <catch2/catch.hpp>

#include "support/small_pipeline.hpp"
#include "weft/bytes/this_machine.hpp"

using namespace weft;
using namespace weft::test;

namespace {

const std::string head = "weft: 1\nname: x\nlimits: { gpu: 2, web: 1 }\nstages:\n"
                         "  - { name: load, stage: load, inputs: { features: a.fa, reference: b.fa } }\n";

const std::string four_threads = "threads: 4\nmemory: 1G\n";

Pipeline pipeline_of(const std::string& settings, const std::string& budget = "") {
    return read_pipeline_text(budget + head + "  - { name: s, stage: parse, needs: load" + settings + " }\n", "x.yaml", stage_schema());
}

std::string shown(const Demand& demand) {
    std::string text = std::to_string(demand.cpu) + " cpu " + std::to_string(demand.memory) + " bytes " + std::to_string(demand.io) + " io";
    for (const auto& [name, count] : demand.named) text += " " + name + ":" + std::to_string(count);
    for (const std::string& rate : demand.rates) text += " " + rate;
    return text;
}

}  // namespace

TEST_CASE("workers_test: a task demands what its stage says, or what the kind usually takes, but never more than there is", "[stages]") {
    struct Row {
        const char* settings;
        int threads;
        std::int64_t memory;
        const char* demand;
    };
    for (const Row& row : {Row{"", 4, 1'000'000'000, "1 cpu 64000000 bytes 0 io"}, Row{", cpu: 3, memory: 1k, io: 2", 4, 1'000'000'000, "3 cpu 1024 bytes 2 io"},
                           Row{", cpu: 9, memory: 1G", 4, 1'000'000, "4 cpu 1000000 bytes 0 io"}, Row{", uses: [gpu, web]", 4, 1'000'000'000, "1 cpu 64000000 bytes 0 io gpu:1 web:1"},
                           Row{", rate: 5/s", 4, 1'000'000'000, "1 cpu 64000000 bytes 0 io rate of s"}}) {
        INFO(row.settings);
        const Pipeline pipeline = pipeline_of(row.settings);
        CHECK(shown(demand_of(ready_stages(pipeline).back(), pipeline, {row.threads, row.memory})) == row.demand);
    }
}

TEST_CASE("workers_test: as many tasks of a stage run at once as the scarcest of what they hold allows", "[stages]") {
    struct Row {
        const char* settings;
        int count;
        const char* limited_by;
    };
    for (const Row& row : {Row{"", 4, "cpu"}, Row{", cpu: 3", 1, "cpu"}, Row{", cpu: 2", 2, "cpu"}, Row{", memory: 400M", 2, "memory"},
                           Row{", uses: gpu", 2, "gpu"}, Row{", uses: [gpu, web]", 1, "web"}, Row{", kind: io", 8, "threads"},
                           Row{", kind: io, memory: 300M", 3, "memory"}, Row{", kind: io, uses: gpu", 2, "gpu"}}) {
        INFO(row.settings);
        const StageWorkers workers = stage_workers(pipeline_of(row.settings, four_threads)).back();
        CHECK(workers.stage == "s");
        CHECK(workers.most.count == row.count);
        CHECK(workers.most.limited_by == row.limited_by);
    }
}

TEST_CASE("precedence_test: without a number of its own a pipeline takes what this process may use", "[stages]") {
    const Pipeline pipeline = read_pipeline_text("weft: 1\nname: x\nstages:\n  - { name: load, stage: load, inputs: { features: a.fa } }\n", "x.yaml", stage_schema());
    CHECK(budget_of(pipeline).threads == available_threads());
    CHECK(budget_of(pipeline).memory == available_memory());
    CHECK(budget_of(pipeline_of("", four_threads)).threads == 4);
    CHECK(budget_of(pipeline_of("", four_threads)).memory == 1024LL * 1024 * 1024);
}
