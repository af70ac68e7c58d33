// What it costs to find out that there is nothing to do: a pipeline of 10,000 stages whose results are all there, planned and run again,
// and the parts of that; and a plan of 100,000 stages that never ran. Items are stages.
#include <benchmark/benchmark.h>

#include <string>

#include "executor/finished_pipeline.hpp"
#include "weft/executor/journal.hpp"
#include "weft/stages/plan.hpp"
#include "weft/stages/run_pipeline.hpp"

namespace weft::bench {
namespace {

constexpr int stages = 10'000;
constexpr int many_stages = 100'000;

const FinishedPipeline& finished() {
    static const FinishedPipeline pipeline(stages);
    return pipeline;
}

void read_file(benchmark::State& state) {
    const std::string text = text_of_many(static_cast<int>(state.range(0)));
    const PipelineSchema schema = stage_schema();
    for (auto _ : state) benchmark::DoNotOptimize(read_pipeline_text(text, "many.yaml", schema).stages.data());
    state.SetItemsProcessed(state.iterations() * state.range(0));
}

void read_its_journal(benchmark::State& state) {
    const std::string path = finished().pipeline().work.string() + "/journal.jsonl";
    for (auto _ : state)
        if (read_journal(path).tasks.size() != stages) state.SkipWithError("the journal was not read");
    state.SetItemsProcessed(state.iterations() * stages);
}

void make_keys(benchmark::State& state) {
    const Pipeline& pipeline = finished().pipeline();
    const std::vector<ReadyStage> ready = ready_stages(pipeline);
    const auto results = std::make_shared<StageResults>(pipeline);
    InputDigests digests("");
    for (auto _ : state)
        for (const ReadyStage& stage : ready) benchmark::DoNotOptimize(content_key(stage, StageInputs(*stage.config, results), digests).digest().high);
    state.SetItemsProcessed(state.iterations() * stages);
}

void plan_again(benchmark::State& state) {
    const Pipeline& pipeline = finished().pipeline();
    for (auto _ : state)
        if (plan_pipeline(pipeline).count(PlannedState::up_to_date) != stages) state.SkipWithError("not all is up to date");
    state.SetItemsProcessed(state.iterations() * stages);
}

void run_again(benchmark::State& state) {
    const Pipeline& pipeline = finished().pipeline();
    for (auto _ : state) {
        PipelineRun run(pipeline, {});
        if (run.execute().count(StageEnd::reused) != stages) state.SkipWithError("not all was taken from the store");
    }
    state.SetItemsProcessed(state.iterations() * stages);
}

void plan_many(benchmark::State& state) {
    const ScratchFolder folder;
    const std::string text = text_of_many(many_stages);
    const PipelineSchema schema = stage_schema();
    for (auto _ : state) {
        const Pipeline pipeline = read_pipeline_text(text, folder / "many.yaml", schema);
        if (plan_pipeline(pipeline).count(PlannedState::runs) != many_stages) state.SkipWithError("not all would run");
    }
    state.SetItemsProcessed(state.iterations() * many_stages);
}

BENCHMARK(read_file)->Name("noop/read_file")->Arg(stages)->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK(read_its_journal)->Name("noop/read_journal/10000")->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK(make_keys)->Name("noop/make_keys/10000")->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK(plan_again)->Name("noop/plan/10000")->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK(run_again)->Name("noop/run_again/10000")->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK(plan_many)->Name("noop/read_and_plan/100000")->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace weft::bench
