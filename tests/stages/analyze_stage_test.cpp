// The stage `analyze`: which alignments it counts, what of the other stages it tells, and what makes it run again.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "support/example_alignments.hpp"
#include "support/small_pipeline.hpp"
#include "weft/model/error.hpp"

using namespace weft;
using namespace weft::test;
using Catch::Matchers::Contains;
using nlohmann::json;

namespace {

const std::string before = std::string(SmallPipeline::load) + "  - { name: parse, stage: parse, needs: load, on_bad_record: skip }\n" + SmallPipeline::align;
const std::string keep = "  - { name: keep, stage: filter, needs: align, where: mapq >= 1 and length > 500, publish: { alignments: kept.sam } }\n";

std::string analyze(const std::string& needs, const std::string& settings = "") {
    return "  - { name: analyze, stage: analyze, needs: " + needs + ", publish: { analysis: analysis.json }" + settings + " }\n";
}

json analysis_of(const SmallPipeline& small) { return json::parse(content_of(small.out("analysis.json"))); }

}  // namespace

TEST_CASE("beside a filter all features are counted, and what the filter did is told", "[stages]") {
    const SmallPipeline small(before + keep + analyze("[align, keep]"));
    REQUIRE(small.run().exit_code == 0);
    const json analysis = analysis_of(small);
    CHECK(analysis.at("features").at("total") == 40);
    CHECK(analysis.at("features").at("lost") == 2);   // every 20th is from nowhere
    CHECK(analysis.at("source").at("label") == "small");
    const json& filtered = analysis.at("filtered");
    std::int64_t rejected = 0;
    for (const json& term : filtered.at("terms")) rejected += term.at("rejected").get<std::int64_t>();
    CHECK(filtered.at("passed").get<std::int64_t>() + rejected == 40);
    CHECK(filtered.at("terms").size() == 2);
    for (const char* file : {"tables/features.tsv", "tables/classes.tsv", "tables/classes.json", "summary.json", "variants/variants.vcf.gz"}) {
        INFO(file);
        CHECK(small.published(file));
    }
    CHECK(lines_of(small.out("tables/features.tsv")).size() == 41);
}

TEST_CASE("behind a filter alone what passed is counted", "[stages]") {
    const SmallPipeline small(before + keep + analyze("keep"));
    REQUIRE(small.run().exit_code == 0);
    std::set<std::string> kept;
    for (const std::string& line : lines_of(small.out("kept.sam"), true)) kept.insert(columns_of(line)[0]);
    CHECK(analysis_of(small).at("features").at("total") == kept.size());
    CHECK(analysis_of(small).at("filtered").at("passed") == kept.size());
}

TEST_CASE("without a filter there is nothing to tell of one, whatever a command calls its outputs", "[stages]") {
    const SmallPipeline small(before + "  - { name: count, stage: run, needs: align, command: \"echo 3 > ${output.counts}\", outputs: { counts: c.txt } }\n" + analyze("[count, align]"));
    REQUIRE(small.run().exit_code == 0);
    CHECK_FALSE(analysis_of(small).contains("filtered"));
    const SmallPipeline foreign(before + "  - name: copy\n    stage: run\n    needs: align\n    command: cp ${input.align.sam} ${output.alignments}; echo no json > ${output.counts}\n"
                                         "    outputs: { alignments: copy.sam, counts: c.txt }\n" + analyze("copy"));
    REQUIRE(foreign.run().exit_code == 0);
    CHECK(analysis_of(foreign).at("features").at("total") == 40);
}

TEST_CASE("records that were left out are told, and a change of them is one of the analysis", "[stages]") {
    const SmallPipeline small(before + analyze("align"));
    const std::string features = small.genome.features_fasta();
    small.write("features.fa", features + ">bad\nMKLV\n>worse\nAC-T\n");
    CHECK(small.run().exit_code == 3);
    json analysis = analysis_of(small);
    CHECK(analysis.at("features").at("total") == 40);
    CHECK(analysis.at("inputs_skipped_total") == 2);
    REQUIRE(analysis.at("inputs_skipped").size() == 2);
    CHECK(analysis.at("inputs_skipped")[0].at("name") == "bad");
    CHECK_THAT(analysis.at("inputs_skipped")[1].at("where").get<std::string>(), Contains("features.fa:"));
    small.write("features.fa", features + ">bad\nMKLV\n");
    CHECK(ends_of(small.run()) == "align:reused analyze:done load:done parse:done");
    CHECK(analysis_of(small).at("inputs_skipped_total") == 1);
}

TEST_CASE("a file of alignments can be analyzed as it is, with and without its reference", "[stages]") {
    SmallPipeline small(before);
    REQUIRE(small.run().exit_code == 0);
    small.write("in.sam", content_of(small.out("out.sam")));
    small.change("  - { name: load, stage: load, inputs: { alignments: in.sam } }\n" + analyze("load"));
    REQUIRE(small.run().exit_code == 0);
    CHECK(analysis_of(small).at("features").at("total") == 40);
    CHECK_FALSE(analysis_of(small).contains("variants"));
    CHECK_FALSE(small.published("variants"));
    for (const char* settings : {"reference: genome.fa } }\n", "mine: genome.fa } }\n"}) {
        small.change("  - { name: load, stage: load, inputs: { alignments: in.sam, " + std::string(settings) + analyze("load", std::string_view(settings).starts_with("mine") ? ", target: mine" : ""));
        REQUIRE(small.run({.fresh = true}).exit_code == 0);
        CHECK(analysis_of(small).at("variants").at("snv") > 0);
        CHECK(small.published("variants/variants.vcf.gz"));
    }
    small.run({}, {"analyze.variants=false"});
    CHECK_FALSE(analysis_of(small).contains("variants"));
}

TEST_CASE("the label is the one that is given, the item of a foreach, or the pipeline", "[stages]") {
    SmallPipeline small(before + analyze("align", ", label: mine"));
    REQUIRE(small.run().exit_code == 0);
    CHECK(analysis_of(small).at("source").at("label") == "mine");
    CHECK(ends_of(small.run()) == "align:reused analyze:reused load:reused parse:reused");
    CHECK(ends_of(small.run({}, {"analyze.label=other"})) == "align:reused analyze:done load:reused parse:reused");
    small.change(before + "  - { name: a, stage: analyze, needs: align, foreach: { s: [p, q] }, publish: { analysis: \"${s.key}.json\" } }\n");
    REQUIRE(small.run().exit_code == 0);
    for (const char* key : {"p", "q"}) {
        CHECK(json::parse(content_of(small.out(std::string(key) + ".json"))).at("source").at("label") == key);
        CHECK(small.published("a/" + std::string(key) + "/summary.json"));   // each has a folder of its own
    }
}

TEST_CASE("an analysis of what is not there is told", "[stages]") {
    const SmallPipeline small(std::string(SmallPipeline::load) + analyze("load"));
    CHECK_THAT(outcome_of(small.run(), "analyze").reason, Contains("no stage before it gives 'alignments'; a stage with alignments must stand before it"));
}
