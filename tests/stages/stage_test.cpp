#include "weft/stages/stage.hpp"

#include <catch2/catch.hpp>
#include <filesystem>
#include <set>

#include "support/temporary_folder.hpp"
#include "weft/bytes/output_file.hpp"
#include "weft/executor/file_steps.hpp"
#include "weft/model/error.hpp"

using namespace weft;
using namespace weft::test;
using Catch::Matchers::Contains;

namespace {

/// Stages of which only the name, the kind and the needs matter.
Pipeline pipeline_of(const std::vector<std::tuple<std::string, std::string, std::vector<std::string>>>& stages) {
    Pipeline pipeline;
    for (const auto& [name, kind, needs] : stages) pipeline.stages.push_back({.name = name, .base = name, .kind = kind, .needs = needs});
    return pipeline;
}

using Results = std::map<std::string, StageResult>;

/// A result whose outputs lie at "STAGE/OUTPUT".
void add(Results& results, const std::string& stage, const std::vector<std::string>& outputs) {
    StageResult result{.stage = stage};
    for (const std::string& output : outputs) result.outputs[output] = {stage + "/" + output, digest_of(output)};
    results[stage] = result;
}

StageInputs inputs_of(const Pipeline& pipeline, std::size_t stage, const Results& results) {
    const auto known = std::make_shared<StageResults>(pipeline);
    for (const auto& [name, result] : results) known->add(result);
    return {pipeline.stages[stage], known};
}

std::string place_of(const StageInputs& inputs, std::string_view output) {
    const StageOutput* const found = inputs.find(output);
    return found == nullptr ? "none" : found->path;
}

/// What the parts of a stage need around them.
struct Shop {
    TemporaryFolder folder{};
    Pipeline pipeline = pipeline_of({{"align", "align", {}}});
    std::string work = (folder.path()).string();
    ResultStore store{work};
    Journal journal{work + "/journal.jsonl", store};
    InputDigests digests{work + "/digests.json"};
    Throughput throughput{};
    Workshop shop{.pipeline = pipeline, .store = store, .journal = journal, .digests = digests, .throughput = throughput};

    /// Runs something in a task and returns how it ended; what the task said is added to `said`.
    ExecutionReport in_task(const std::function<void(const StageRun&, TaskContext&)>& work_of_task) {
        HierarchicalExecutor executor({.threads = 2, .events = [this](const TaskEvent& event) {
                                           if (event.kind == TaskEventKind::log) said += std::string(event.text) + "\n";
                                       }});
        executor.add("align", [&](TaskContext& task) {
            const StageRun run{.shop = shop, .stage = pipeline.stages[0], .inputs = StageInputs(pipeline.stages[0], std::make_shared<const StageResults>(pipeline))};
            work_of_task(run, task);
        });
        return executor.execute();
    }

    std::string said{};
};

PartKey part_key(std::int64_t number) {
    PartKey key{.kind = "part", .version = "1"};
    key.key.parameters["number"] = number;
    key.key.add("features", digest_of("features"));
    return key;
}

}  // namespace

TEST_CASE("a stage finds an output at the nearest stage upstream that has it", "[stages]") {
    const Pipeline pipeline = pipeline_of({{"load", "load", {}}, {"parse", "parse", {"load"}}, {"align", "align", {"parse"}}, {"other", "load", {}}, {"keep", "filter", {"align", "other"}}, {"far", "run", {}}});
    Results results;
    add(results, "load", {"reference", "features"});
    add(results, "parse", {"features", "blocks"});
    add(results, "align", {"alignments"});
    add(results, "other", {"reference", "extra"});
    add(results, "far", {"beyond"});
    const StageInputs keep = inputs_of(pipeline, 4, results);
    CHECK(place_of(keep, "alignments") == "align/alignments");
    CHECK(place_of(keep, "features") == "parse/features");
    CHECK(place_of(keep, "reference") == "other/reference");   // one step away, load is three
    CHECK(place_of(keep, "beyond") == "none");
    CHECK(place_of(inputs_of(pipeline, 2, results), "reference") == "load/reference");
    CHECK(keep.get("blocks", "").digest == digest_of("blocks"));
    CHECK_THROWS_WITH(keep.get("tables", "a stage 'analyze' must stand before it"), Contains("stage 'keep': no stage before it gives 'tables'; a stage 'analyze' must stand before it"));
    CHECK_THROWS_AS(keep.get("tables", ""), UsageError);
}

TEST_CASE("of stages equally near, the first in `needs` counts", "[stages]") {
    Pipeline pipeline = pipeline_of({{"a", "align", {}}, {"b", "align", {}}, {"c", "run", {"b", "a"}}});
    Results results;
    add(results, "a", {"x"});
    add(results, "b", {"x"});
    CHECK(place_of(inputs_of(pipeline, 2, results), "x") == "b/x");
    pipeline.stages[2].needs = {"a", "b"};
    CHECK(place_of(inputs_of(pipeline, 2, results), "x") == "a/x");
    results.erase("a");   // failed and left out
    CHECK(place_of(inputs_of(pipeline, 2, results), "x") == "b/x");
}

TEST_CASE("direct inputs come in the order of `needs`, without those that failed", "[stages]") {
    const Pipeline pipeline = pipeline_of({{"a", "align", {}}, {"b", "align", {}}, {"c", "align", {}}, {"d", "run", {"c", "a", "b"}}});
    Results results;
    for (const char* stage : {"a", "c"}) add(results, stage, {"x"});
    std::vector<std::string> names;
    const StageInputs inputs = inputs_of(pipeline, 3, results);   // owns what it gives out
    for (const StageResult* result : inputs.direct()) names.push_back(result->stage);
    CHECK(names == std::vector<std::string>{"c", "a"});
}

TEST_CASE("the nearest stage of a kind is found, whether it has a result or not", "[stages]") {
    const Pipeline pipeline = pipeline_of({{"load", "load", {}}, {"a1", "align", {"load"}}, {"f", "filter", {"a1"}}, {"a2", "align", {"load"}}, {"end", "run", {"f", "a2"}}});
    const StageInputs end = inputs_of(pipeline, 4, {});
    REQUIRE(end.stage_of_kind("align") != nullptr);
    CHECK(end.stage_of_kind("align")->name == "a2");
    CHECK(end.stage_of_kind("load")->name == "load");
    CHECK(end.stage_of_kind("run") == nullptr);   // not itself
    CHECK(end.result_of("f") == nullptr);
}

TEST_CASE("a part is made once and taken from the store from then on", "[stages]") {
    Shop shop;
    int made = 0;
    std::string folder;
    for (int round = 0; round < 3; ++round) {
        const ExecutionReport report = shop.in_task([&](const StageRun& run, TaskContext& task) {
            folder = run.part("chunk 3", part_key(1), task, [&](const ResultDraft& draft) {
                ++made;
                write_new_file(draft / "x", "content");
            });
        });
        report.rethrow();
        CHECK(content_of(folder + "/x") == "content");
    }
    CHECK(made == 1);
    CHECK(folder == *shop.store.find(part_key(1).content().digest()));
    shop.journal.commit();
    const JournalContent journal = read_journal(shop.work + "/journal.jsonl");
    REQUIRE(journal.tasks.contains("align/chunk 3"));
    const JournalEntry& entry = journal.tasks.at("align/chunk 3").last;
    CHECK(entry.key == part_key(1).content());
    CHECK(entry.inputs == std::vector<std::string>{"features"});
    CHECK(journal.entries == 1);
    CHECK_FALSE(part_key(1).content() == part_key(2).content());
}

TEST_CASE("a part that fails leaves nothing", "[stages]") {
    Shop shop;
    const ExecutionReport failed = shop.in_task([&](const StageRun& run, TaskContext& task) {
        run.part("chunk 1", part_key(1), task, [](const ResultDraft& draft) {
            write_new_file(draft / "x", "half");
            throw FormatError{{"x", "is bad", ""}};
        });
    });
    CHECK(failed.tasks().front().status == TaskStatus::failed);
    CHECK_FALSE(shop.store.find(part_key(1).content().digest()));
    CHECK(shop.store.keys().empty());
    CHECK(shop.store.remove_leftovers(OtherWriters::none) == 0);
}

TEST_CASE("truncated_output_test: a part whose file was cut is put aside and made again", "[stages]") {
    Shop shop;
    int made = 0;
    std::string folder;
    const auto run_part = [&] {
        shop.in_task([&](const StageRun& run, TaskContext& task) {
            folder = run.part("chunk 1", part_key(1), task, [&](const ResultDraft& draft) {
                ++made;
                write_new_file(draft / "x", "content");
            });
        }).rethrow();
    };
    run_part();
    std::filesystem::permissions(folder + "/x", std::filesystem::perms{0644});
    std::filesystem::resize_file(folder + "/x", 3);
    run_part();
    CHECK(made == 2);
    CHECK(content_of(folder + "/x") == "content");
    CHECK_THAT(shop.said, Contains("a stored result is damaged and was put aside") && Contains("x: has 3 bytes, 7 were written"));
    CHECK(content_of(shop.work + "/quarantine/" + part_key(1).content().digest().hex() + "/x") == "con");
}

TEST_CASE("once_test: tasks that want one part at once get the same one", "[stages]") {
    Shop shop;
    std::mutex mutex;
    std::set<std::string> folders;
    HierarchicalExecutor executor({.threads = 4});
    for (int i = 0; i < 8; ++i)
        executor.add("task" + std::to_string(i), [&](TaskContext& task) {
            const StageRun run{.shop = shop.shop, .stage = shop.pipeline.stages[0], .inputs = StageInputs(shop.pipeline.stages[0], std::make_shared<const StageResults>(shop.pipeline))};
            const std::string folder = run.part("index", part_key(9), task, [](const ResultDraft& draft) { write_new_file(draft / "x", "content"); });
            const std::lock_guard lock{mutex};
            folders.insert(folder + content_of(folder + "/x"));
        });
    executor.execute().rethrow();
    CHECK(folders.size() == 1);
    CHECK(shop.store.keys().size() == 1);
}
