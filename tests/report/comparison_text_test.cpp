#include "weft/report/comparison_text.hpp"

#include <catch2/catch.hpp>

#include "support/placement.hpp"

using namespace weft;
using namespace weft::test;

namespace {

struct TwoRuns {
    TruthTable truth{
        {"q1", {Presence::present, {{"c1", {0, 100}, Strand::forward}}}},
        {"q2", {Presence::present, {{"c1", {500, 1'600}, Strand::forward}}}},
        {"q3", {Presence::absent, {}}},
    };
    Placements a{}, b{};
    ComparisonFigures figures{};

    TwoRuns() {
        add_record(a, aligned_record("q1", "c1", 0, 100, Strand::forward, 60, 200));
        add_record(a, aligned_record("q2", "c1", 510, 1'600, Strand::forward, 20, 180));
        add_record(a, unaligned_record("q3"));
        add_record(b, aligned_record("q1", "c1", 0, 100, Strand::forward, 60, 200));
        add_record(b, aligned_record("q2", "c2", 500, 1'600, Strand::forward, 1, 170));
        add_record(b, aligned_record("q3", "c2", 500, 600, Strand::forward, 0, 60));
        figures.runs = {{"new.bam", &a, score(truth, a, 5)}, {"old.bam", &b, score(truth, b, 5)}};
        figures.comparison = compare(a, b, &truth, 5);
        figures.truth_path = "truth.tsv";
        figures.slack = 5;
    }
};

}  // namespace

TEST_CASE("two runs and the truth read as tables", "[report]") {
    CHECK("\n" + comparison_text(TwoRuns().figures) == R"(
A  new.bam  3  queries,  2  aligned (66.67 %), 0 supplementary and 0 secondary records
B  old.bam  3  queries,  3  aligned (100.00 %), 0 supplementary and 0 secondary records

Primary alignments of 3 queries
  same place, same CIGAR    1  33.33 %
  same ends, another CIGAR  0   0.00 %
  same place, other ends    0   0.00 %
  elsewhere                 1  33.33 %  0 of them with MAPQ 30 or more in both
  aligned in A only         0   0.00 %
  aligned in B only         1  33.33 %
  aligned in neither        0   0.00 %
  score (AS)  A higher 1, equal 1, B higher 0
  MAPQ        A higher 1, equal 1, B higher 0
  elsewhere   A right 1, B right 0, both right 0, none right 0 (features present)

Accuracy for the 2 features of truth.tsv that are present on the target
                         A            B
  mapped                 2  100.00 %  2  100.00 %
  right place            2  100.00 %  1   50.00 %
  exact ends (within 5)  1   50.00 %  1   50.00 %
  aligned, of 1 absent   0    0.00 %  1  100.00 %

By length of the feature, in bases
                  present  mapped A   right A   exact A  mapped B   right B   exact B
  100 to 299            1  100.00 %  100.00 %  100.00 %  100.00 %  100.00 %  100.00 %
  1,000 to 2,999        1  100.00 %  100.00 %    0.00 %  100.00 %    0.00 %    0.00 %

Wrong places by MAPQ
  MAPQ >=  aligned A  wrong A  error rate A  aligned B  wrong B  error rate B
       60          1        0      0.000000          1        0      0.000000
       50          1        0      0.000000          1        0      0.000000
       40          1        0      0.000000          1        0      0.000000
       30          1        0      0.000000          1        0      0.000000
       20          2        0      0.000000          1        0      0.000000
       10          2        0      0.000000          1        0      0.000000
        5          2        0      0.000000          1        0      0.000000
        1          2        0      0.000000          2        1      0.500000
        0          2        0      0.000000          2        1      0.500000
)");
}

TEST_CASE("one run with the truth has no letters behind its figures", "[report]") {
    TwoRuns runs;
    runs.figures.runs.pop_back();
    runs.figures.comparison.reset();
    const std::string text = comparison_text(runs.figures);
    CHECK(text.find("mapped A") == std::string::npos);
    CHECK(text.find("  right place            2  100.00 %\n") != std::string::npos);
    CHECK(text.find("Primary alignments") == std::string::npos);
}

TEST_CASE("two runs without the truth have only the comparison", "[report]") {
    TwoRuns runs;
    runs.figures.truth_path.clear();
    const std::string text = comparison_text(runs.figures);
    CHECK(text.find("Accuracy") == std::string::npos);
    CHECK(text.find("A right") == std::string::npos);
    CHECK(text.ends_with("MAPQ        A higher 1, equal 1, B higher 0\n"));
}

TEST_CASE("the tab-separated form has the same figures, plain", "[report]") {
    const std::string text = comparison_tsv(TwoRuns().figures);
    for (const char* line : {"section\titem\tA\tB\n", "run\tpath\tnew.bam\told.bam\n", "run\taligned\t2\t3\n", "queries\tsame\t1\t\n", "queries\telsewhere\t1\t\n",
                             "score\ta_higher\t1\t\n", "elsewhere\ta_right\t1\t\n", "accuracy\tpresent\t2\t2\n", "accuracy\texact_ends\t1\t1\n",
                             "accuracy\tabsent_mapped\t0\t1\n", "length>=1000\tright_place\t1\t0\n", "mapq>=1\terror_rate\t0.000000\t0.500000\n"}) {
        INFO(line);
        CHECK(("\n" + text).find(std::string("\n") + line) != std::string::npos);
    }
    // Every line has the columns of the head.
    std::size_t tabs = 0;
    for (const char c : text) {
        if (c == '\t') ++tabs;
        if (c == '\n') {
            CHECK(tabs == 3);
            tabs = 0;
        }
    }
}
