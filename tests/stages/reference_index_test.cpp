#include "weft/stages/reference_index.hpp"

#include <catch2/catch.hpp>

#include "support/small_pipeline.hpp"
#include "weft/index/index_beside.hpp"
#include "weft/model/error.hpp"
#include "weft/record/reference_reader.hpp"

using namespace weft;
using namespace weft::test;
using Catch::Matchers::Contains;

namespace {

std::string align(const std::string& name, const std::string& settings = "") {
    return "  - { name: " + name + ", stage: align, needs: parse, format: sam, publish: { alignments: " + name + ".sam }" + settings + " }\n";
}

std::string load(const std::string& reference) { return "  - { name: load, stage: load, inputs: { features: features.fa, reference: " + reference + " } }\n"; }

/// Indices in the store.
std::size_t indices_of(const SmallPipeline& small) {
    std::size_t indices = 0;
    for (const JournalEntry& entry : ResultStore(small.folder / "work").entries()) indices += entry.task.ends_with("/index");
    return indices;
}

void save_index(const SmallPipeline& small, const std::string& path, int k, int w) {
    Reference reference = read_reference(small.folder / "genome.fa");
    Index::build(std::move(reference.contigs), {.k = k, .w = w, .threads = 1}, reference.source).save(path);
}

}  // namespace

TEST_CASE("the input to align to is the one that is named, else the target, else the reference", "[stages]") {
    const PipelineSchema schema = stage_schema();
    const auto place = [&](const std::string& settings, std::vector<std::string> outputs) {
        const Pipeline pipeline = read_pipeline_text("weft: 1\nname: x\nstages:\n  - { name: load, stage: load, inputs: { x: x } }\n  - { name: align, stage: align, needs: load" + settings + " }\n", "x.yaml", schema);
        StageResult load{.stage = "load"};
        for (const std::string& output : outputs) load.outputs[output] = {.path = output};
        const auto results = std::make_shared<StageResults>(pipeline);
        results->add(std::move(load));
        const StageInputs inputs(pipeline.stages[1], results);
        return target_input(inputs, pipeline.stages[1]).path;
    };
    CHECK(place("", {"reference", "target", "mine"}) == "target");
    CHECK(place("", {"reference", "mine"}) == "reference");
    CHECK(place(", target: mine", {"reference", "target", "mine"}) == "mine");
    CHECK_THROWS_WITH(place("", {"mine"}), Contains("give a load stage an input named target or reference"));
    CHECK_THROWS_WITH(place(", target: yours", {"target"}), Contains("no stage before it gives 'yours'; `target` of this stage names an input of a load stage"));
}

TEST_CASE("an index is made once for all stages that want the same, and kept", "[stages]") {
    SmallPipeline small(load("genome.fa") + SmallPipeline::parse + align("a") + align("b", ", min_score: 50") + align("c", ", k: 13"));
    REQUIRE(small.run().exit_code == 0);
    CHECK(indices_of(small) == 2);
    const std::string before = content_of(small.out("a.sam"));
    small.change(load("copy.fa") + SmallPipeline::parse + align("a") + align("d", ", min_score: 60"));
    small.write("copy.fa", content_of(small.folder / "genome.fa"));
    REQUIRE(small.run().exit_code == 0);
    CHECK(indices_of(small) == 2);   // known by content, not by path
    CHECK(content_of(small.out("a.sam")) == before);
    small.write("copy.fa", small.genome.fasta() + ">chr3\nACGTACGATCGATCGAGCTACGATCAGCTACTACGACT\n");
    REQUIRE(small.run().exit_code == 0);
    CHECK(indices_of(small) == 3);
}

TEST_CASE("an index beside the FASTA is used where it fits, and refused where it belongs to another file", "[stages]") {
    const SmallPipeline small(load("genome.fa") + SmallPipeline::parse + align("a"));
    const std::string beside = index_path_for(small.folder / "genome.fa");
    save_index(small, beside, 15, 10);
    REQUIRE(small.run().exit_code == 0);
    CHECK(indices_of(small) == 0);
    CHECK_THAT(small.log("a"), Contains("genome.fa: the index beside it is used"));
    const std::string with_beside = content_of(small.out("a.sam"));

    save_index(small, beside, 17, 10);   // for other settings: passed over
    REQUIRE(small.run({.fresh = true}).exit_code == 0);
    CHECK(indices_of(small) == 1);
    CHECK(content_of(small.out("a.sam")) == with_beside);

    save_index(small, beside, 15, 10);
    small.write("genome.fa", small.genome.fasta() + ">chr3\nACGTACGATCGATCGAGCTACGATCAGCTACTACGACT\n");
    CHECK_THAT(outcome_of(small.run(), "a").reason, Contains("genome.fa.weft"));
}

TEST_CASE("an index can be given instead of the FASTA, if it has the k and w that are wanted", "[stages]") {
    const SmallPipeline fasta(load("genome.fa") + SmallPipeline::parse + align("a"));
    REQUIRE(fasta.run().exit_code == 0);
    const SmallPipeline small(load("genome.weft") + SmallPipeline::parse + align("a"));
    save_index(small, small.folder / "genome.weft", 15, 10);
    REQUIRE(small.run().exit_code == 0);
    CHECK(content_of(small.out("a.sam")) == content_of(fasta.out("a.sam")));
    CHECK(indices_of(small) == 0);
    CHECK_THAT(outcome_of(small.run({}, {"a.preset=short"}), "a").reason,
               Contains("genome.weft: the index has k 15 and w 10, the stage wants k 11 and w 5; give the FASTA instead"));
}

TEST_CASE("truncated_output_test: an index that was cut in the store is found and made again", "[stages]") {
    const SmallPipeline small(load("genome.fa") + SmallPipeline::parse + align("a"));
    REQUIRE(small.run().exit_code == 0);
    const std::string before = content_of(small.out("a.sam"));
    const ResultStore store(small.folder / "work");
    for (const JournalEntry& entry : store.entries()) {
        const std::string folder = *store.find(entry.key.digest());
        if (entry.task != "a/index") {
            if (entry.task.starts_with("a")) std::filesystem::remove_all(folder);
            continue;
        }
        std::filesystem::permissions(folder + "/reference.weft", std::filesystem::perms{0644});
        std::filesystem::resize_file(folder + "/reference.weft", 1'000);
    }
    CHECK(ends_of(small.run()) == "a:done load:reused parse:reused");
    CHECK(content_of(small.out("a.sam")) == before);
    CHECK_THAT(small.log("a"), Contains("a stored result is damaged and was put aside"));
}

TEST_CASE("a reference that cannot be read is told with its line", "[stages]") {
    const SmallPipeline small(load("genome.fa") + SmallPipeline::parse + align("a"));
    small.write("genome.fa", ">chr1\nACGT\nACXT\n");
    const PipelineReport report = small.run();
    CHECK(ends_of(report) == "a:failed load:done parse:done");
    CHECK_THAT(outcome_of(report, "a").reason, Contains("genome.fa:3: 'X' is not a nucleotide letter; mask with N"));
}
