// weft compare as a user runs it.
#include <filesystem>

#include <catch2/catch.hpp>

#include "support/run_program.hpp"
#include "support/temporary_folder.hpp"

using namespace weft::test;
using Catch::Matchers::Contains;

namespace {

constexpr char head[] = "@HD\tVN:1.6\n@SQ\tSN:c1\tLN:1000\n@SQ\tSN:c2\tLN:500\n";

// A: q1 right, q2 wrong, q3 unaligned. B: q1 one base off, q2 right, q3 aligned though absent.
struct Files {
    TemporaryFolder folder{};
    Files() {
        folder.file("a.sam", std::string(head) + "q1\t0\tc1\t101\t60\t8M\t*\t0\t0\tACGTACGT\t*\tAS:i:16\n"
                                                 "q2\t0\tc2\t11\t50\t8M\t*\t0\t0\tACGTACGT\t*\tAS:i:12\nq3\t4\t*\t0\t0\t*\t*\t0\t0\tACGT\t*\n");
        folder.file("b.paf", "q1\t8\t0\t7\t+\tc1\t1000\t100\t107\t7\t7\t60\ttp:A:P\tAS:i:14\nq2\t8\t0\t8\t-\tc1\t1000\t300\t308\t8\t8\t20\ttp:A:P\tAS:i:16\n"
                             "q3\t4\t0\t4\t+\tc1\t1000\t0\t4\t4\t4\t3\ttp:A:P\tAS:i:8\n");
        folder.file("truth.tsv", "q1\tc1\t100\t108\t+\tpresent\t1.0000\t.\nq2\tc1\t300\t308\t-\tpresent\t1.0000\t.\nq3\t*\t0\t0\t.\tabsent\t0.0000\t.\n");
    }
    Outcome compare(std::vector<std::string> more, const std::string& input = {}) const {
        more.insert(more.begin(), "compare");
        Invocation invocation = weft_in(folder.path(), more);
        invocation.input = input;
        return run(invocation);
    }
};

}  // namespace

TEST_CASE("two files in different formats are compared query by query", "[cli]") {
    const Files files;
    const Outcome outcome = files.compare({"a.sam", "b.paf", "--truth", "truth.tsv", "--differences", "d.tsv", "--slack", "0"});
    CHECK(outcome.exit_code == 0);
    CHECK(outcome.messages.empty());
    CHECK_THAT(outcome.output, Contains("A  a.sam  3  queries,  2  aligned (66.67 %)") && Contains("elsewhere                 1") &&
                                   Contains("A right 0, B right 1, both right 0, none right 0") && Contains("right place") && Contains("MAPQ >="));
    CHECK(content_of(files.folder / "d.tsv") ==
          "name\tagreement\tplace_a\tplace_b\tmapq_a\tmapq_b\tscore_a\tscore_b\tedits_a\tedits_b\tverdict_a\tverdict_b\n"
          "q1\tother_ends\tc1:100-108:+\tc1:100-107:+\t60\t60\t16\t14\t.\t.\texact\tright\n"
          "q2\telsewhere\tc2:10-18:+\tc1:300-308:-\t50\t20\t12\t16\t.\t.\twrong\texact\n"
          "q3\tonly_b\t.\tc1:0-4:+\t.\t3\t.\t8\t.\t.\t.\twrong\n");
}

TEST_CASE("the list on standard output leaves the figures to standard error", "[cli]") {
    const Files files;
    const Outcome outcome = files.compare({"a.sam", "b.paf", "--differences", "-"});
    CHECK(outcome.exit_code == 0);
    CHECK(outcome.output.starts_with("name\tagreement\t"));
    CHECK_THAT(outcome.messages, Contains("Primary alignments of 3 queries"));
}

TEST_CASE("one file is scored against the truth, also from standard input", "[cli]") {
    const Files files;
    const Outcome by_name = files.compare({"a.sam", "--truth", "truth.tsv", "--tsv"});
    CHECK_THAT(by_name.output, Contains("section\titem\tA\n") && Contains("accuracy\tpresent\t2\n") && Contains("accuracy\tright_place\t1\n") &&
                                   Contains("mapq>=50\taligned\t2\n") && Contains("mapq>=50\twrong\t1\n"));
    const Outcome by_pipe = files.compare({"-", "--truth", "truth.tsv"}, content_of(files.folder / "a.sam"));
    CHECK(by_pipe.exit_code == 0);
    CHECK_THAT(by_pipe.output, Contains("Accuracy for the 2 features of truth.tsv"));
}

TEST_CASE("what cannot be compared is refused with one line", "[cli]") {
    const Files files;
    std::filesystem::create_symlink("truth.tsv", files.folder / "link.tsv");
    files.folder.file("cut.sam", std::string(head) + "q1\t0\tc1\t101\t60\t8M\t*\t0\n");
    files.folder.file("reads.fa", ">q1\nACGT\n");
    files.folder.file("bad.tsv", "q1\tc1\n");
    struct Row {
        std::vector<std::string> arguments;
        int exit_code;
        std::string expected;
    };
    const Row rows[] = {
        {{}, 2, "give one or two alignment files"},
        {{"a.sam"}, 2, "give a second one, or --truth"},
        {{"a.sam", "b.paf", "a.sam"}, 2, "3 files are given"},
        {{"-", "-"}, 2, "both files are standard input"},
        {{"a.sam", "--truth", "truth.tsv", "--differences", "d.tsv"}, 2, "--differences: needs two alignment files"},
        {{"a.sam", "b.paf", "--slack", "-1"}, 2, "-1 is too small"},
        {{"none.sam", "b.paf"}, 1, "none.sam: cannot open"},
        {{"a.sam", "."}, 1, "directory"},
        {{"a.sam", "cut.sam"}, 1, "cut.sam:4: malformed SAM record"},
        {{"a.sam", "reads.fa"}, 1, "reads.fa: holds sequences, not alignments"},
        {{"a.sam", "--truth", "bad.tsv"}, 1, "bad.tsv:1: 2 tab-separated columns, a truth table has 8"},
        {{"a.sam", "b.paf", "--differences", "no/where.tsv"}, 1, "no/where.tsv: cannot"},
        {{"a.sam", "b.paf", "--differences", "./b.paf"}, 2, "b.paf: the output is also an input"},
        {{"a.sam", "b.paf", "--truth", "truth.tsv", "--differences", "link.tsv"}, 2, "link.tsv: the output is also an input"},
        {{"a.sam", "b.paf", "--reference", "reads.fa", "--differences", "reads.fa"}, 2, "reads.fa: the output is also an input"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.arguments);
        const Outcome outcome = files.compare(row.arguments);
        CHECK(outcome.exit_code == row.exit_code);
        CHECK(outcome.output.empty());
        CHECK_THAT(outcome.messages, Contains(row.expected));
    }
    files.compare({"a.sam", "cut.sam", "--differences", "d.tsv"});
    CHECK_FALSE(std::filesystem::exists(files.folder / "d.tsv"));
}
