#include "weft/stages/advice.hpp"

#include <catch2/catch.hpp>

#include "weft/pipeline/read_pipeline.hpp"
#include "weft/stages/stage_kinds.hpp"

using namespace weft;
using Lines = std::vector<std::string>;

namespace {

const std::string head = "weft: 1\nname: x\nstages:\n  - { name: load, stage: load, inputs: { features: a.fa, reference: b.fa } }\n";
const std::string parse = "  - { name: parse, stage: parse, needs: load }\n";
const std::string align = "  - { name: align, stage: align, needs: parse, publish: { alignments: x.bam } }\n";

Lines advice_for(const std::string& stages) {
    Lines texts;
    for (const ConfigProblem& problem : advice_on(read_pipeline_text(head + stages, "x.yaml", stage_schema()))) {
        CHECK(problem.warning);
        texts.push_back(problem.text());
    }
    return texts;
}

}  // namespace

TEST_CASE("lint_test: a pipeline that says what is meant gets no advice", "[stages]") {
    CHECK(advice_for(parse + align).empty());
    CHECK(advice_for(parse + "  - { name: align, stage: align, needs: parse, chunk: 100 }\n"
                             "  - { name: keep, stage: filter, needs: align, where: identity >= 0.9, publish: { alignments: y.bam }, on_error: skip }\n"
                             "  - { name: count, stage: run, needs: [align, keep], command: \"wc ${input.keep.alignments} > ${output.n}\", outputs: { n: n.txt }, pure: true, on_error: skip }\n")
              .empty());
}

TEST_CASE("lint_test: each thing that is doubtful is named with its place and code", "[stages]") {
    struct Row {
        std::string stages;
        Lines advice;
    };
    const std::vector<Row> rows{
        {parse + align + "  - name: keep\n    stage: filter\n    needs: align\n    where: mapq > 9 and mapq < 5\n    publish: { alignments: y.bam }\n",
         {"x.yaml:10:12: warning: 'mapq < 5': can never hold together with 'mapq > 9' [W170]"}},
        {parse + align + "  - name: count\n    stage: run\n    needs: align\n    command: wc ${input.align.alignments} > ${output.n}\n    outputs: { n: n.txt }\n",
         {"x.yaml:7:5: warning: stage 'count' runs every time; if the same inputs give the same outputs, say `pure: true` [W171]"}},
        {parse + "  - name: align\n    stage: align\n    needs: parse\n    cache: off\n    publish: { alignments: x.bam }\n",
         {"x.yaml:9:12: warning: stage 'align' has `cache: off`: it and all that depends on it run every time [W172]"}},
        {parse + "  - name: align\n    stage: align\n    needs: parse\n    chunk: 99\n    publish: { alignments: x.bam }\n",
         {"x.yaml:9:12: warning: chunks of 99 features cost more to keep than to align; leave `chunk: auto` [W173]"}},
        {"  - name: parse\n    stage: parse\n    needs: load\n    chunk: small\n" + align,
         {"x.yaml:8:12: warning: stage 'parse' works in one piece: `chunk` does nothing here [W174]"}},
        {parse + "  - name: align\n    stage: align\n    needs: parse\n",
         {"x.yaml:6:5: warning: nobody needs stage 'align' and it publishes nothing; `publish: { OUTPUT: FILE }` keeps what it makes [W175]"}},
        {"  - name: parse\n    stage: parse\n    needs: load\n    on_error: skip\n" + align,
         {"x.yaml:8:15: warning: with `on_error: skip`, what needs only 'parse' would go on without any input; `keep-going` skips it too [W176]"}},
    };
    for (const Row& row : rows) {
        INFO(row.stages);
        CHECK(advice_for(row.stages) == row.advice);
    }
}

TEST_CASE("advice comes in the order of the lines, once for all items of a foreach", "[stages]") {
    const Lines advice = advice_for("  - name: parse\n    stage: parse\n    needs: load\n    chunk: 3\n    cache: off\n"
                                    "  - name: align\n    stage: align\n    needs: parse\n    foreach: { s: [p, q] }\n    chunk: 3\n");
    Lines codes;
    for (const std::string& text : advice) codes.push_back(text.substr(text.size() - 6));
    CHECK(codes == Lines{"[W174]", "[W172]", "[W175]", "[W173]"});
}

TEST_CASE("a setting of the whole file is told for each stage that it misleads", "[stages]") {
    const std::string text = "weft: 1\nname: x\non_error: skip\nstages:\n  - { name: load, stage: load, inputs: { features: a.fa, reference: b.fa } }\n" + parse + align;
    const std::vector<ConfigProblem> advice = advice_on(read_pipeline_text(text, "x.yaml", stage_schema()));
    REQUIRE(advice.size() == 2);   // load and parse
    for (const ConfigProblem& problem : advice) CHECK(problem.code == "W176");
}

TEST_CASE("a pipeline whose stages contradict each other gets errors instead of advice", "[stages]") {
    CHECK_THROWS_AS(advice_for(parse + "  - { name: align, stage: align, needs: parse, sort: true, format: sam }\n"), ConfigError);
}
