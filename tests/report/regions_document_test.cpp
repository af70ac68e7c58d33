#include "weft/report/regions_document.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "weft/model/error.hpp"

using namespace weft;

namespace {

std::vector<RegionSlice> example_slices() {
    RegionSlice slice{.region = {"chr\t1", {99, 200}},
                      .contig_length = 1'000,
                      .letters_begin = 90,
                      .letters = "ACGT",
                      .bam = std::string("\x1f\x8b\0", 3),
                      .overlapping = 7};
    slice.rows = {{"<a>", {95, 210}, Strand::reverse, Role::supplementary, 0.975, 60},
                  {"b\xff", {100, 120}, Strand::forward, Role::secondary, std::nullopt, 255}};
    return {slice, {.region = {"c2", {0, 10}}, .contig_length = 10}};
}

}   // namespace

TEST_CASE("rows come back from the document, unknown values stay unknown", "[report]") {
    const std::string json = regions_json(example_slices());
    CHECK(json == regions_json(example_slices()));
    const std::vector<RegionSlice> read = read_regions_document(json);
    REQUIRE(read.size() == 2);
    CHECK(read[0].region == Region{"chr\t1", {99, 200}});
    CHECK(read[0].contig_length == 1'000);
    CHECK(read[0].overlapping == 7);
    REQUIRE(read[0].rows.size() == 2);
    const SliceRow& first = read[0].rows[0];
    CHECK(first.name == "<a>");
    CHECK(first.place == ReferenceInterval{95, 210});
    CHECK(first.strand == Strand::reverse);
    CHECK(first.role == Role::supplementary);
    CHECK(first.identity == 0.975);
    CHECK(first.mapq == 60);
    CHECK(read[0].rows[1].role == Role::secondary);
    CHECK_FALSE(read[0].rows[1].identity);
    CHECK(read[0].rows[1].mapq == 255);
    CHECK(read[1].rows.empty());
}

TEST_CASE("the browser gets letters and records, but no rows", "[report]") {
    const nlohmann::json data = nlohmann::json::parse(regions_browser_json(regions_json(example_slices())));
    REQUIRE(data.size() == 2);
    CHECK(data[0].at("letters") == "ACGT");
    CHECK(data[0].at("bam") == "H4sA");
    CHECK(data[0].at("begin") == 99);
    CHECK_FALSE(data[0].contains("records"));
}

TEST_CASE("anything else is no document of regions", "[report]") {
    for (const char* text :
         {"", "[]", "{}", R"({"weft_regions": 2, "regions": []})", "{\"weft_regions\": 1, \"regions\": [{\"contig\": 5}]}"}) {
        CAPTURE(text);
        CHECK_THROWS_AS(read_regions_document(text), FormatError);
    }
}
