// How weft talks to the shell: help, versions, exit codes, and one clear line per error.
#include <algorithm>

#include <catch2/catch.hpp>

#include "support/run_program.hpp"
#include "support/small_genome.hpp"
#include "support/temporary_folder.hpp"

using namespace weft::test;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;

TEST_CASE("help and versions go to standard output and are no error", "[cli]") {
    const TemporaryFolder folder;
    struct Row {
        std::vector<std::string> arguments;
        std::string expected;
    };
    const auto row = GENERATE(values<Row>({{{}, "align"},
                                           {{"--help"}, "align"},
                                           {{"align", "--help"}, "Examples:"},
                                           {{"--version"}, "htslib"},
                                           {{"--version"}, "SIMD target"},
                                           {{"align", "--print-options", "-x", "ont"}, "align.min_score"}}));
    CAPTURE(row.arguments, row.expected);
    const Outcome outcome = run(weft_in(folder.path(), row.arguments));
    CHECK(outcome.exit_code == 0);
    CHECK_THAT(outcome.output, Contains(row.expected));
    CHECK(outcome.messages.empty());
}

TEST_CASE("options that are given take the place of the preset's, the others stay", "[cli]") {
    const TemporaryFolder folder;
    struct Row {
        std::vector<std::string> arguments;
        std::vector<std::pair<std::string, std::string>> expected;
    };
    const auto row = GENERATE(values<Row>({
        {{"-x", "feature"}, {{"select.neighbours", "true"}, {"align.min_score", "40"}, {"align.min_segment_score", "0"}}},
        {{"-x", "feature", "--no-neighbours"}, {{"select.neighbours", "false"}}},
        {{"-x", "ont"}, {{"select.neighbours", "false"}}},
        {{"-x", "ont", "--neighbours"}, {{"select.neighbours", "true"}}},
        {{"-s", "500"}, {{"align.min_score", "40"}, {"align.min_segment_score", "500"}}},
        {{"-s", "20"}, {{"align.min_score", "20"}, {"align.min_segment_score", "20"}}},
        {{"-O", "4", "-E", "2"}, {{"align.gap_open", "4"}, {"align.gap_open2", "4"}, {"align.gap_extend2", "2"}}},
        {{"-O", "5,30"}, {{"align.gap_open", "5"}, {"align.gap_open2", "30"}}},
    }));
    CAPTURE(row.arguments);
    std::vector<std::string> arguments{"align", "--print-options"};
    arguments.insert(arguments.end(), row.arguments.begin(), row.arguments.end());
    const std::string shown = run(weft_in(folder.path(), arguments)).output;
    for (const auto& [name, value] : row.expected) {
        const std::size_t line = shown.find(name + " ");
        REQUIRE(line != std::string::npos);
        const std::size_t begin = shown.find("= ", line) + 2;
        CHECK(shown.substr(begin, shown.find(' ', begin) - begin) == value);
    }
}

TEST_CASE("wrong usage is refused before any work, with one line and exit code 2", "[cli]") {
    const TemporaryFolder folder;
    const SmallGenome data{5};
    folder.file("g.fa", data.fasta());
    folder.file("q.fa", data.features_fasta());
    struct Row {
        std::vector<std::string> arguments;
        std::string expected;
    };
    const std::vector<std::string> files{"align", "g.fa", "q.fa"};
    const auto with = [&](std::vector<std::string> more) {
        std::vector<std::string> all = files;
        all.insert(all.end(), more.begin(), more.end());
        return all;
    };
    const std::vector<Row> rows{
        {{"algin", "g.fa", "q.fa"}, "did you mean align?"},
        {{"--verison"}, "did you mean --version?"},
        {{"align"}, "REF is missing"},
        {{"align", "g.fa"}, "QUERY is missing"},
        {with({"--sekondary"}), "did you mean --secondary?"},
        {with({"-J"}), "unknown option -J"},
        {with({"--splice"}), "unknown option --splice"},
        {with({"-t", "-1"}), "-1 is too small; give at least 0"},
        {with({"-t", "two"}), "'two' is not a whole number"},
        {with({"-t", "2.5"}), "'2.5' is not a whole number"},
        {with({"-t", ""}), "'' is not a whole number"},
        {with({"-t", "99999999999999999999999"}), "is too large; give at most"},
        {with({"-t", "0x10"}), "is not a whole number"},
        {with({"-t"}), "--threads"},
        {with({"-k", "3"}), "k is 3"},
        {with({"-k", "-15"}), "too small"},
        {with({"-w", "1000000000000"}), "too large"},
        {with({"-K", "0"}), "too small"},
        {with({"-K", "1e400"}), "large"},
        {with({"-K", "10X"}), "is not a size"},
        {with({"--batch-bases", "-5"}), "too small"},
        {with({"-N", "-1"}), "too small"},
        {with({"-p", "1.5"}), "too large"},
        {with({"-p", "nan"}), "is not a number"},
        {with({"-A", "0"}), "-A"},
        {with({"-O", "4,24,5"}), "is not a size"},
        {with({"-O", "4;24"}), "is not a size"},
        {with({"-E", "1,2"}), "-E"},
        {with({"-z", "400,200"}), "is not a whole number"},
        {with({"-x", "splice"}), "there is no preset splice; use one of feature"},
        {with({"--secondary=maybe"}), "neither yes nor no"},
        {with({"--cs=medium"}), "neither short nor long"},
        {with({"--load", "quick"}), "no load mode quick"},
        {with({"--format", "gff"}), "no format gff"},
        {with({"-o", "out.xyz"}), "out.xyz: the extension names no output format"},
        {with({"-o", "out"}), "the extension names no output format"},
        {with({"-o", "out.paf", "-a"}), "-a: asks for SAM"},
        {with({"-o", "out.sam", "--sort"}), "--sort: needs BAM or CRAM"},
        {with({"-o", "out.sam", "--paf-no-hit"}), "--paf-no-hit: needs PAF"},
        {with({"-o", "out.paf", "--sam-hit-only"}), "--sam-hit-only: needs SAM"},
        {with({"-o", "out.cram", "--eqx"}), "--eqx"},
        {with({"-o", "out.bam", "-R", "ID:1"}), "does not begin with @RG"},
        {with({"-o", "out.bam", "--compression-level", "12"}), "too large"},
        {with({"-o", "out.bam", "--sort", "--sort-memory", "12"}), "too small"},
        {with({"-o", "q.fa", "--format", "sam"}), "q.fa: the output is also an input"},
        {with({"-o", "./g.fa", "--format", "sam"}), "the output is also an input"},
        {with({"-o", "a.sam", "-o", "b.sam"}), "-o"},
        {{"align", "g.fa", "-", "-"}, "standard input is named twice"},
        {{"align", "-", "-"}, "cannot both be standard input"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.arguments, row.expected);
        const Outcome outcome = run(weft_in(folder.path(), row.arguments));
        CHECK(outcome.exit_code == 2);
        CHECK(outcome.output.empty());
        CHECK_THAT(outcome.messages, StartsWith("weft: "));
        CHECK_THAT(outcome.messages, Contains(row.expected));
        CHECK(std::count(outcome.messages.begin(), outcome.messages.end(), '\n') == 1);
        CHECK(folder.entries() == 2);
    }
    CHECK(content_of(folder / "q.fa") == data.features_fasta());
}
