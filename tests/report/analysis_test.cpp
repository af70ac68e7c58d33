#include "weft/report/analysis.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <sstream>
#include <vector>

#include "support/read_features.hpp"
#include "support/small_analysis.hpp"
#include "weft/model/error.hpp"
#include "weft/report/analysis_json.hpp"

using namespace weft;
using namespace weft::test;

namespace {

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) lines.push_back(line + "\n");
    return lines;
}

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += line;
    return text;
}

// The records in another order, each query's primary record still in front of its others or not.
std::string reversed_records() {
    std::vector<std::string> lines = lines_of(small_records);
    std::reverse(lines.begin(), lines.end());
    return joined(lines);
}

}  // namespace

TEST_CASE("an analysis counts features, alignments and contigs", "[report]") {
    const TemporaryFolder folder;
    const Analysis analysis = small_analysis(folder);
    CHECK(analysis.label == "small.sam");
    CHECK(analysis.features.total() == 6);
    CHECK(analysis.features.placed() == 5);
    CHECK(analysis.features.bases() == 610);
    CHECK(analysis.features.aligned_bases == 570);
    CHECK(analysis.features.secondary == 1);
    CHECK(analysis.features.supplementary == 1);
    for (const FeatureClass feature_class : feature_classes) {
        INFO(word_of(feature_class));
        CHECK(analysis.features.features(feature_class) == (feature_class == FeatureClass::truncated ? 0 : 1));
    }
    CHECK(*analysis.features.identity().median() == Approx(0.99));
    CHECK(analysis.features.mapq[60] == 3);
    CHECK(analysis.features.mapq_unknown == 1);
    CHECK(analysis.lost.total() == 4);
    REQUIRE(analysis.contigs.size() == 3);
    CHECK(analysis.features_of_contig == std::vector<std::int64_t>{4, 1, 0});
    CHECK(analysis.depth.mean(0) == Approx(0.46));
    CHECK(analysis.depth.breadth(1) == Approx((40 + 71) / 500.0));   // the secondary alignment does not count
    CHECK(analysis.errors.mismatches() == 21);
    CHECK(analysis.errors.inserted_bases() == 2);
    CHECK(analysis.errors.deleted_bases() == 3);
    CHECK(analysis.errors.substitutions()->count(0, 2) == 1);
    CHECK(analysis.dot_plot.total() == 6);
}

TEST_CASE("a file sorted by place gives the same numbers, marked or not", "[report]") {
    const TemporaryFolder folder;
    const Analysis plain = small_analysis(folder);
    const std::string header = small_header;
    const std::string marked = std::string("@HD\tVN:1.6\tSO:coordinate\n") + header.substr(header.find('\n') + 1);
    std::vector<std::string> apart = lines_of(small_records);
    std::rotate(apart.begin() + 4, apart.begin() + 5, apart.end());   // the first part of `parts` comes last
    struct Row {
        const char* what;
        std::string content;
    };
    for (const Row& row : {Row{"marked", marked + reversed_records()}, Row{"not marked, apart", header + joined(apart)}}) {
        INFO(row.what);
        const Analysis analysis = analyze_alignments(folder.file("x.sam", row.content), {});
        CHECK(analysis.features.total() == 6);
        CHECK(analysis.features.features(FeatureClass::split) == 1);
        CHECK(analysis.features.features(FeatureClass::duplicate) == 1);
        CHECK(*analysis.features.identity().mean() == *plain.features.identity().mean());
        CHECK(*analysis.features.coverage.mean() == *plain.features.coverage.mean());
        CHECK(analysis.features_of_contig == plain.features_of_contig);
        CHECK(analysis.depth.breadth(1) == plain.depth.breadth(1));
        CHECK(analysis.dot_plot.segments().size() == plain.dot_plot.segments().size());
    }
}

TEST_CASE("PAF gives what SAM gives, with contigs as they appear", "[report]") {
    const TemporaryFolder folder;
    const Analysis analysis = analyze_alignments(folder.file("x.paf",
        "far\t100\t0\t100\t+\tc2\t500\t0\t100\t80\t100\t60\tcg:Z:80=20X\n"
        "parts\t100\t0\t60\t+\tc1\t1000\t600\t660\t60\t60\t60\tcg:Z:60=\nparts\t100\t60\t100\t-\tc2\t500\t300\t340\t40\t40\t30\tcg:Z:40=\n"
        "lost\t10\t0\t0\t*\t*\t0\t0\t0\t0\t0\t0\tzr:Z:low_score\n"), {});
    CHECK(analysis.features.total() == 3);
    CHECK(analysis.features.features(FeatureClass::split) == 1);
    REQUIRE(analysis.contigs.size() == 2);
    CHECK(analysis.contigs[0].name == "c2");
    CHECK(analysis.contigs[0].length == 500);
    CHECK(analysis.features.lost_reasons().at(0).reason == "low score");
    CHECK_FALSE(analysis.errors.substitutions());
}

TEST_CASE("the feature table is written while reading, whole or not at all", "[report]") {
    const TemporaryFolder folder;
    const TemporaryFolder tables;
    AnalysisOptions options;
    options.tables_folder = tables.path().string();
    CHECK_THROWS_AS(analyze_alignments(folder.file("bad.sam", std::string(small_header) + small_records + "x\ty\n"), options), FormatError);
    CHECK(tables.entries() == 0);
    (void)analyze_alignments(small_sam(folder), options);
    CHECK(tables.entries() == 2);
    const std::vector<std::string> lines = lines_of(content_of(tables / "features.tsv"));
    REQUIRE(lines.size() == 7);
    CHECK(lines[1] == "whole\t100\tbelow 1 kb\tcomplete\tc1\t100\t200\t+\t60\t0.99\t1\t99\t1\t0\t0\t0\t0\t0\t0\t0\t94\t\n");
    CHECK(lines[3] == "lost\t10\tbelow 1 kb\tunmapped\t\t\t\t\t\t\t\t\t\t\t\t\t\t0\t0\t0\t\tno seed\n");
    const std::string first = content_of(tables / "features.json");
    (void)analyze_alignments(small_sam(folder), options);
    CHECK(content_of(tables / "features.json") == first);
}

TEST_CASE("an analysis can be stopped, tells how far it is, and has the label that it was given", "[report]") {
    const TemporaryFolder folder;
    AnalysisOptions options;
    options.label = "mine";
    std::int64_t seen = 0;
    options.progress = [&](std::int64_t records) { seen = records; };
    CHECK(analyze_alignments(small_sam(folder), options).label == "mine");
    CHECK(seen == 8);
    const std::atomic<bool> stop = true;
    options.stop = &stop;
    CHECK_THROWS_AS(analyze_alignments(small_sam(folder), options), Cancelled);
}

TEST_CASE("records that stand apart are an error where the input cannot be read again", "[report]") {
    const TemporaryFolder folder;
    std::vector<std::string> apart = lines_of(small_records);
    std::rotate(apart.begin() + 4, apart.begin() + 5, apart.end());
    const FilledPipe pipe(folder / "pipe", small_header + joined(apart));
    CHECK_THROWS_WITH(analyze_alignments(folder / "pipe", {}), Catch::Contains("must be read twice"));
}

TEST_CASE("limits of what is listed are kept, and said", "[report]") {
    const TemporaryFolder folder;
    AnalysisOptions options;
    options.most_lost = 2;
    options.most_segments = 3;
    const Analysis analysis = analyze_alignments(small_sam(folder), options);
    CHECK(analysis.lost.rows().size() == 2);
    CHECK(analysis.lost.total() == 4);
    CHECK(analysis.dot_plot.segments().size() == 3);
    CHECK(analysis.dot_plot.total() == 6);
}

TEST_CASE("a file without records is an analysis of nothing", "[report]") {
    const TemporaryFolder folder;
    const Analysis analysis = analyze_alignments(folder.file("none.sam", small_header), {});
    CHECK(analysis.features.total() == 0);
    CHECK(analysis.contigs.size() == 3);
    CHECK(analysis_json(analysis).find("\"total\":0") != std::string::npos);
}
