#include "weft/report/analysis_json.hpp"

#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

#include "support/small_analysis.hpp"

using namespace weft;
using namespace weft::test;
using Json = nlohmann::ordered_json;

TEST_CASE("the document has the form of version 1, with every number in its place", "[report]") {
    const TemporaryFolder folder;
    const std::string text = analysis_json(small_analysis(folder));
    const Json document = Json::parse(text);
    std::string keys;
    for (const auto& [key, value] : document.items()) keys += key + " ";
    CHECK(keys ==
          "weft_analysis source features identity coverage classes size_classes lost_reasons mapq mapq_unknown histograms length_identity "
          "depth "
          "errors dot_plot inputs_skipped inputs_skipped_total lost_features ");
    struct Row {
        const char* place;
        const char* value;
    };
    const Row rows[] = {
        {"/weft_analysis", "1"},
        {"/source", R"({"label":"small.sam"})"},
        {"/features", R"({"total":6,"placed":5,"lost":1,"bases":610,"aligned_bases":570,"secondary":1,"supplementary":1})"},
        {"/identity", R"({"median":0.99,"mean":0.944301})"},   // 0.99, 1, 1, 68/73, 0.8
        {"/coverage", R"({"median":1,"mean":0.94})"},
        {"/classes/0", R"({"class":"complete","features":1,"by_size":[1,0,0]})"},
        {"/classes/6", R"({"class":"unmapped","features":1,"by_size":[1,0,0]})"},
        {"/size_classes/0", R"({"name":"below 1 kb","features":6,"placed":5,"bases":610,"identity_mean":0.944301})"},
        {"/size_classes/2", R"({"name":"above 10 kb","features":0,"placed":0,"bases":0})"},
        {"/lost_reasons", R"([{"reason":"no seed","features":1}])"},
        {"/mapq/60", "3"},
        {"/mapq_unknown", "1"},
        {"/histograms/length",
         R"({"edges":[10,13,16,20,25,32,40,50,63,79,100,126,158,200,251],"counts":[1,0,0,0,0,0,0,0,0,0,4,0,0,1],"log":true})"},
        {"/histograms/gaps", R"({"edges":[2,3,4],"counts":[1,1],"log":true})"},
        {"/depth/0/bin", "64"},
        {"/depth/2", R"({"contig":"c3","length":200,"bin":64,"mean":[0,0,0,0]})"},
        {"/errors/substitutions/A", R"({"C":0,"G":1,"T":0})"},
        {"/errors/mismatches", "21"},
        {"/errors/per_kilobase", R"({"mismatches":36.9718,"insertions":1.76056,"deletions":1.76056})"},   // of 568 columns
        {"/errors/insertion_lengths", "[[2,1]]"},
        {"/errors/ends", R"({"left_clipped":[[0,4],[10,1]],"right_clipped":[[0,4],[20,1]]})"},
        {"/dot_plot/queries/1", R"({"name":"copy","length":200,"offset":100})"},
        {"/dot_plot/contigs", R"([{"name":"c1","length":1000,"offset":0},{"name":"c2","length":500,"offset":1000}])"},
        {"/dot_plot/segments/0", "[0,100,100,200,1,0.99]"},
        {"/dot_plot/segments/1", "[100,300,300,500,-1,1]"},
        {"/dot_plot/segments/3", "[360,400,1300,1340,-1,1]"},
        {"/dot_plot/shown", "6"},
        {"/dot_plot/total", "6"},
        {"/inputs_skipped", "[]"},
        {"/lost_features/total", "4"},
        {"/lost_features/rows/0", R"({"name":"lost","length":10,"class":"unmapped","reason":"no seed"})"},
        {"/lost_features/rows/1", R"({"name":"short","length":100,"class":"partial","reason":"70.0 % of the bases aligned"})"},
    };
    for (const Row& row : rows) {
        INFO(row.place);
        CHECK(document.at(Json::json_pointer(row.place)).dump() == row.value);
    }
    CHECK(document["mapq"].size() == 61);
    CHECK(document["histograms"]["identity"]["edges"].size() == 201);
    CHECK(text == analysis_json(small_analysis(folder)));
    CHECK(text.find('\n') == text.size() - 1);
}

TEST_CASE("what other stages know is written when it is there", "[report]") {
    const TemporaryFolder folder;
    Analysis analysis = small_analysis(folder);
    analysis.filtered = FilteredFeatures{4, {{"identity >= 0.9", 2}}};
    for (int i = 0; i < 1'200; ++i) analysis.skipped.push_back({"genes.fq:1203", "g\t\"</script>", "empty"});
    analysis.skipped_total = 5'000;
    analysis.variants = VariantCounts{3, 2, 1, 5};
    const Json document = Json::parse(analysis_json(analysis));
    CHECK(document["filtered"].dump() == R"({"passed":4,"terms":[{"term":"identity >= 0.9","rejected":2}]})");
    CHECK(document["inputs_skipped"].size() == 1'000);
    CHECK(document["inputs_skipped"][0].dump() == R"({"where":"genes.fq:1203","name":"g\t\"</script>","reason":"empty"})");
    CHECK(document["inputs_skipped_total"] == 5'000);
    CHECK(document["variants"].dump() == R"({"snv":3,"insertion":2,"deletion":1,"sites":5})");
}

TEST_CASE("an analysis of nothing is a sound document", "[report]") {
    const Json document = Json::parse(analysis_json(Analysis{}));
    CHECK(document["identity"].dump() == "{}");
    CHECK(document["depth"].dump() == "[]");
    CHECK(document["length_identity"].dump() == R"({"length_edges":[],"identity_edges":[],"counts":[]})");
    CHECK_FALSE(document["errors"].contains("substitutions"));
    CHECK(document["errors"]["per_kilobase"].dump() == "{}");
}

TEST_CASE("no plot has more than 5,000 points, whatever the contigs", "[report]") {
    Analysis analysis;
    for (int i = 0; i < 7'000; ++i) analysis.contigs.push_back({"c" + std::to_string(i), 1'000 + i, ""});
    analysis.features_of_contig.resize(7'000);
    const Json document = Json::parse(analysis_json(analysis));
    std::size_t points = 0;
    for (const Json& contig : document["depth"]) points += contig["mean"].size();
    CHECK(points == 5'000);
}

TEST_CASE("names that are not UTF-8 do not break the document", "[report]") {
    const TemporaryFolder folder;
    const Analysis analysis =
        analyze_alignments(folder.file("x.sam", std::string(small_header) + "a\xff\t4\t*\t0\t0\t*\t*\t0\t0\tAC\t*\n"), {});
    CHECK(Json::parse(analysis_json(analysis))["lost_features"]["rows"][0]["name"] == "a\xef\xbf\xbd");
}

TEST_CASE("the summary is the document without plots and lists", "[report]") {
    const TemporaryFolder folder;
    const Analysis analysis = small_analysis(folder);
    const Json whole = Json::parse(analysis_json(analysis));
    const Json summary = Json::parse(summary_json(analysis));
    CHECK(summary["weft_summary"] == 1);
    for (const char* const key : {"source", "features", "identity", "coverage", "classes", "size_classes", "lost_reasons"})
        CHECK(summary[key] == whole[key]);
    CHECK(summary["lost_features"]["total"] == 4);
    for (const char* const key : {"depth", "dot_plot", "histograms", "mapq"}) CHECK_FALSE(summary.contains(key));
}
