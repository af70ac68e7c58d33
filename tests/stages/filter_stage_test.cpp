// The stage `filter`: which features pass, whatever the format and order of their records, and what is counted.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <set>

#include "support/example_alignments.hpp"
#include "support/small_pipeline.hpp"
#include "weft/model/error.hpp"

using namespace weft;
using namespace weft::test;
using Catch::Matchers::Contains;
using Lines = std::vector<std::string>;

namespace {

/// A pipeline that filters one alignment file, which is loaded as it is.
class Filtering {
public:
    Filtering(const std::string& file, const std::string& where, const std::string& settings = "")
        : small("  - { name: load, stage: load, inputs: { alignments: " + file + " } }\n  - { name: keep, stage: filter, needs: load, where: '" + where +
                "', publish: { alignments: kept, counts: counts.json, index: kept.index }" + (settings.empty() ? "" : ", " + settings) + " }\n") {}

    nlohmann::json counts() const { return nlohmann::json::parse(content_of(small.out("counts.json"))); }

    SmallPipeline small;
};

const std::string header = "@HD\tVN:1.6\n@SQ\tSN:c1\tLN:10000\n@SQ\tSN:c2\tLN:10000\n";

std::string record(const std::string& name, int flag, int place, int mapq, const std::string& cigar = "10M", const std::string& tags = "\tNM:i:0") {
    const bool lost = (flag & 4) != 0;
    return name + "\t" + std::to_string(flag) + "\t" + (lost ? "*\t0" : "c1\t" + std::to_string(place)) + "\t" + std::to_string(mapq) + "\t" + (lost ? "*" : cigar) +
           "\t*\t0\t0\tACGTACGTAC\t*" + (lost ? "\tzr:Z:no_seed" : tags) + "\n";
}

const std::vector<std::string> records{record("a", 0, 11, 60), record("b", 16, 21, 10, "10M", "\tNM:i:2"), record("b", 256, 500, 0), record("c", 4, 0, 0),
                                       record("d", 0, 5, 60, "6M4S"), record("d", 2048, 300, 60, "6S4M"), record("e", 0, 7, 30, "10M", "\tNM:i:1")};

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += line;
    return text;
}

Lines kept_of(const Filtering& filtering) {
    Lines lines = lines_of(filtering.small.out("kept"), true);
    for (std::string& line : lines) line += "\n";
    return lines;
}

std::set<std::string> names_of(const Lines& lines) {
    std::set<std::string> names;
    for (const std::string& line : lines) names.insert(columns_of(line)[0]);
    return names;
}

}  // namespace

TEST_CASE("features pass with all their records, byte for byte and in their order", "[stages]") {
    struct Row {
        const char* where;
        std::vector<std::size_t> kept;   // ranks of records
    };
    for (const Row& row : {Row{"mapq >= 30", {0, 4, 5, 6}}, Row{"class != unmapped", {0, 1, 2, 4, 5, 6}}, Row{"class == unmapped", {3}}, Row{"strand == -", {1, 2}},
                           Row{"name ~ /b|d/", {1, 2, 4, 5}}, Row{"identity >= 90%", {0, 4, 5, 6}}, Row{"mapq > 60", {}}, Row{"length == 10", {0, 1, 2, 3, 4, 5, 6}}}) {
        INFO(row.where);
        const Filtering filtering("x.sam", row.where);
        filtering.small.write("x.sam", header + joined(records));
        const PipelineReport report = filtering.small.run();
        INFO(outcome_of(report, "keep").reason);
        REQUIRE(report.exit_code == 0);
        Lines expected;
        for (const std::size_t rank : row.kept) expected.push_back(records[rank]);
        CHECK(kept_of(filtering) == expected);
        CHECK_THAT(header_of(filtering.small.out("kept")), Contains("SN:c2"));
    }
}

TEST_CASE("what passes and what each term rejects add up to all features", "[stages]") {
    const Filtering filtering("x.sam", "class != unmapped and mapq >= 30 and identity >= 0.95");
    filtering.small.write("x.sam", header + joined(records));
    REQUIRE(filtering.small.run().exit_code == 0);
    const nlohmann::json counts = filtering.counts();
    CHECK(counts.at("passed") == 2);   // a and d
    REQUIRE(counts.at("terms").size() == 3);
    CHECK(counts.at("terms")[0] == nlohmann::json{{"term", "class != unmapped"}, {"rejected", 1}});
    CHECK(counts.at("terms")[1] == nlohmann::json{{"term", "mapq >= 30"}, {"rejected", 1}});
    CHECK(counts.at("terms")[2] == nlohmann::json{{"term", "identity >= 0.95"}, {"rejected", 1}});
    CHECK_THAT(filtering.small.log("keep"), Contains("1 features do not pass: mapq >= 30") && Contains("2 of 5 features pass"));
}

TEST_CASE("records in any order give the same kept features and counts", "[stages]") {
    const char* const where = "mapq >= 20 or class == split";
    const Filtering grouped("x.sam", where);
    grouped.small.write("x.sam", header + joined(records));
    REQUIRE(grouped.small.run().exit_code == 0);
    std::vector<std::string> by_place = records;
    std::sort(by_place.begin(), by_place.end(), [](const std::string& a, const std::string& b) {
        const auto place = [](const std::string& line) { return columns_of(line)[2] == "*" ? 1'000'000 : std::stol(columns_of(line)[3]); };
        return place(a) < place(b);
    });
    for (const char* order : {"SO:coordinate", "SO:unsorted"}) {   // a header that does not say so is found out
        INFO(order);
        const Filtering sorted("x.sam", where);
        sorted.small.write("x.sam", "@HD\tVN:1.6\t" + std::string(order) + header.substr(header.find('\n')) + joined(by_place));
        REQUIRE(sorted.small.run().exit_code == 0);
        CHECK(names_of(kept_of(sorted)) == names_of(kept_of(grouped)));
        CHECK(sorted.counts() == grouped.counts());
        Lines expected;
        for (const std::string& line : by_place)
            if (names_of(kept_of(grouped)).contains(columns_of(line)[0])) expected.push_back(line);
        CHECK(kept_of(sorted) == expected);
    }
}

TEST_CASE("alignments of a run give the same features in every format", "[stages]") {
    const std::string before = std::string(SmallPipeline::load) + SmallPipeline::parse;
    const std::string keep = "  - { name: keep, stage: filter, needs: align, where: 'identity >= 0.985 and coverage >= 0.9 and class != unmapped', publish: { alignments: kept, counts: counts.json, index: kept.index } }\n";
    std::set<std::string> names;
    std::string counts;
    for (const char* align : {"format: sam", "format: bam", "format: bam, sort: true", "format: cram", "format: cram, sort: true", "format: paf"}) {
        INFO(align);
        const SmallPipeline small(before + "  - { name: align, stage: align, needs: parse, " + align + " }\n" + keep, "", SmallGenome(120, 20'000));
        const PipelineReport report = small.run();
        INFO(outcome_of(report, "keep").reason);
        REQUIRE(report.exit_code == 0);
        const bool paf = std::string_view(align).ends_with("paf");
        const std::set<std::string> found = names_of(paf ? lines_of(small.out("kept")) : records_of(small.out("kept")));
        if (names.empty()) names = found, counts = content_of(small.out("counts.json"));
        CHECK(found == names);
        CHECK(content_of(small.out("counts.json")) == counts);
        CHECK(small.published("kept.index") == (std::string_view(align).find("sort") != std::string_view::npos));
    }
    CHECK(names.size() > 20);
    CHECK(names.size() < 120);
}

TEST_CASE("the format is the one that is asked for, else that of the input", "[stages]") {
    for (const char* settings : {"", "format: bam", "format: sam"}) {
        const Filtering filtering("x.sam", "mapq >= 0", settings);
        filtering.small.write("x.sam", header + joined(records));
        REQUIRE(filtering.small.run().exit_code == 0);
        CHECK(content_of(filtering.small.out("kept")).starts_with("@HD") == (std::string_view(settings) != "format: bam"));
    }
    const Filtering paf("x.sam", "mapq >= 0", "format: paf");
    paf.small.write("x.sam", header + joined(records));
    CHECK_THAT(outcome_of(paf.small.run(), "keep").reason, Contains("holds SAM records, which can be copied as SAM or BAM"));
}

TEST_CASE("what is no alignment file, or not there, is told", "[stages]") {
    const Filtering filtering("x.sam", "mapq >= 0");
    filtering.small.write("x.sam", ">a\nACGT\n");
    CHECK_THAT(outcome_of(filtering.small.run(), "keep").reason, Contains("x.sam: holds sequences, not alignments"));
    const SmallPipeline none(std::string(SmallPipeline::load) + "  - { name: keep, stage: filter, needs: load, where: mapq > 0 }\n");
    CHECK_THAT(outcome_of(none.run(), "keep").reason, Contains("stage 'keep': no stage before it gives 'alignments'; a stage with alignments"));
    CHECK_THROWS_WITH(Filtering("x.sam", "mapq >").small.read(), Contains("W131"));
    CHECK_THROWS_WITH(Filtering("x.sam", "maqp > 3").small.read(), Contains("did you mean"));
}

TEST_CASE("the spelling of an expression does not make another result", "[stages]") {
    const Filtering filtering("x.sam", "mapq >= 30 and identity >= 90%");
    filtering.small.write("x.sam", header + joined(records));
    CHECK(ends_of(filtering.small.run()) == "keep:done load:done");
    CHECK(ends_of(filtering.small.run({}, {"keep.where=mapq>=30   and identity >= 0.9"})) == "keep:reused load:reused");
    CHECK(ends_of(filtering.small.run({}, {"keep.where=mapq > 30 and identity >= 0.9"})) == "keep:done load:reused");
}
