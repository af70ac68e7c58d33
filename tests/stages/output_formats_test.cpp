#include "weft/stages/output_formats.hpp"

#include <catch2/catch.hpp>

#include "weft/model/error.hpp"
#include "weft/pipeline/read_pipeline.hpp"
#include "weft/stages/stage_kinds.hpp"

using namespace weft;
using Catch::Matchers::Contains;

namespace {

/// A pipeline with an align stage that has these lines, and stages after it.
Pipeline pipeline_with(const std::string& align, const std::string& after = "") {
    return read_pipeline_text("weft: 1\nname: x\nstages:\n  - { name: load, stage: load, inputs: { features: a.fa, reference: b.fa } }\n"
                              "  - { name: parse, stage: parse, needs: load }\n  - name: align\n    stage: align\n    needs: parse\n" + align + after,
                              "x.yaml", stage_schema());
}

const std::string command = "  - { name: NAME, stage: run, needs: align, command: \"cat ${input.align.WORD} > ${output.out}\", outputs: { out: NAME.txt } }\n";

std::string run_stage(const std::string& name, const std::string& word) {
    std::string text = command;
    for (std::size_t at; (at = text.find("NAME")) != std::string::npos;) text.replace(at, 4, name);
    return text.replace(text.find("WORD"), 4, word);
}

/// The word of the format, "none", or the complaint.
std::string format_of(const Pipeline& pipeline, std::size_t stage = 2) {
    try {
        const std::optional<OutputFormat> format = alignment_format(pipeline, pipeline.stages[stage]);
        return format ? std::string(word_of(*format)) : "none";
    } catch (const UsageError& error) {
        return error.what();
    }
}

}  // namespace

TEST_CASE("words and formats go together", "[stages]") {
    for (const OutputFormat format : {OutputFormat::sam, OutputFormat::bam, OutputFormat::cram, OutputFormat::paf}) CHECK(format_of_word(word_of(format)) == format);
    CHECK(word_of(OutputFormat::cram) == "cram");
    CHECK(alignment_outputs() == std::vector<std::string>{"alignments", "bam", "sam", "cram", "paf", "index"});
}

TEST_CASE("a stage writes the format that is asked for", "[stages]") {
    struct Row {
        std::string align;
        std::string after;
        const char* format;
    };
    const std::vector<Row> rows{
        {"", "", "none"},
        {"    format: paf\n", "", "paf"},
        {"    publish: { sam: x.sam }\n", "", "sam"},
        {"    publish: { alignments: x, failures: y.tsv }\n", "", "none"},
        {"    format: cram\n    publish: { cram: x.cram, alignments: y }\n", "", "cram"},
        {"", run_stage("a", "bam"), "bam"},
        {"", run_stage("a", "alignments"), "none"},
        {"", run_stage("a", "paf") + run_stage("b", "paf") + run_stage("c", "alignments"), "paf"},
        {"    publish: { bam: x.bam }\n", run_stage("a", "bam"), "bam"},
    };
    for (const Row& row : rows) {
        INFO(row.align << row.after);
        CHECK(format_of(pipeline_with(row.align, row.after)) == row.format);
    }
}

TEST_CASE("two formats at once are a contradiction with a place", "[stages]") {
    const std::string two = "its alignments are asked for as bam and sam, but a stage writes one format";
    CHECK_THAT(format_of(pipeline_with("    publish: { sam: x.sam }\n", run_stage("a", "bam"))), Contains("x.yaml:6: stage 'align'") && Contains(two) && Contains("${input.align.alignments}"));
    CHECK_THAT(format_of(pipeline_with("    format: sam\n    publish: { bam: x.bam }\n")), Contains(two));
    CHECK_THAT(format_of(pipeline_with("", run_stage("a", "bam") + run_stage("b", "sam"))), Contains(two));
}

TEST_CASE("what is asked of one stage is not asked of another, but of all items of a foreach", "[stages]") {
    const std::string filter = "  - { name: align2, stage: filter, needs: align, where: mapq > 0 }\n";
    const Pipeline other = pipeline_with("", filter + "  - { name: a, stage: run, needs: align2, command: \"cat ${input.align2.sam} > ${output.out}\", outputs: { out: o } }\n");
    CHECK(format_of(other, 2) == "none");
    CHECK(format_of(other, 3) == "sam");
    const Pipeline items = pipeline_with("    foreach: { s: [p, q] }\n", "  - { name: a, stage: run, needs: align, command: \"cat ${input.align.paf} > ${output.out}\", outputs: { out: o } }\n");
    REQUIRE(items.stages[2].name == "align[p]");
    CHECK(format_of(items, 2) == "paf");
    CHECK(format_of(items, 3) == "paf");
}

TEST_CASE("a filter cannot be asked for a format that it does not write", "[stages]") {
    CHECK_THROWS_WITH(pipeline_with("", "  - { name: keep, stage: filter, needs: align, where: mapq > 0, publish: { cram: x.cram } }\n"), Contains("stage 'keep' has no output 'cram'"));
}
