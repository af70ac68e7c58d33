#include "weft/report/region_slice.hpp"

#include <catch2/catch.hpp>

#include "support/example_alignments.hpp"
#include "support/small_reference.hpp"
#include "support/temporary_folder.hpp"
#include "weft/model/error.hpp"

using namespace weft;
using namespace weft::test;
using Catch::Matchers::Contains;

namespace {

const std::vector<ContigRecord> contigs{{"chrI", 230'218, ""}, {"chrII", 2'000'000, ""}, {"HLA:01", 500, ""}};

std::string message_of(const std::vector<std::string>& texts) {
    try {
        checked_regions(texts, contigs, "igv");
    } catch (const UsageError& error) {
        return error.what();
    }
    return "";
}

// A contig of 1,000 random bases and records on it.
struct Files {
    TemporaryFolder folder{};
    std::string letters;
    Files() {
        RandomPairs random(3);
        letters = random_letters(random, 1'000);
        folder.file("g.fa", ">c:1 with a colon\n" + letters + "\n");
    }
    ReferenceText reference() const { return ReferenceText::open(folder / "g.fa"); }
    std::string sam(const std::string& records) const { return folder.file("a.sam", "@SQ\tSN:c:1\tLN:1000\n" + records); }
    std::string record(const std::string& name, int flag, int begin, int length) const {
        return name + "\t" + std::to_string(flag) + "\tc:1\t" + std::to_string(begin + 1) + "\t60\t" + std::to_string(length) +
               "M\t*\t0\t0\t" + part(letters, begin, length) + "\t*\tNM:i:0\n";
    }
    RegionSlice slice(const std::string& records, ReferenceInterval interval, const SliceLimits& limits) const {
        return slice_region(sam(records), "", {"c:1", interval}, reference(), limits);
    }
    std::vector<std::string> records_in(const RegionSlice& slice) const {
        return records_of(folder.file("slice.bam", slice.bam));
    }
};

}   // namespace

TEST_CASE("faults that the text of a region shows are told before anything is read", "[report]") {
    for (const char* good : {"chrI", "chrI:1-20000", "chrI:1-1,000,000", "chrI:5-", "chrI:5", "HLA:01-x"})
        CHECK(region_fault(good).empty());
    CHECK_THAT(region_fault(""), Contains("CONTIG:FROM-TO"));
    CHECK_THAT(region_fault(":1-5"), Contains("no contig"));
    CHECK(region_fault("chrI:0-5") == "positions are counted from 1");
    CHECK(region_fault("chrI:20-10") == "the end 10 lies before the start 20");
    CHECK_THAT(region_fault("chrI:1-1000001"), Contains("1,000,001 bases are more than the 1,000,000"));
}

TEST_CASE("regions are read as samtools reads them, each once", "[report]") {
    const std::vector<Region> regions =
        checked_regions(std::vector<std::string>{"chrI:1-20,000", "HLA:01", "chrI:1-20000", "chrII:7"}, contigs, "igv");
    CHECK(regions == std::vector<Region>{{"chrI", {0, 20'000}}, {"HLA:01", {0, 500}}, {"chrII", {6, 7}}});
}

TEST_CASE("a region that cannot be shown is refused with its reason", "[report]") {
    CHECK_THAT(message_of({"chrI:1-5", "crhII:1-5"}),
               Contains("igv crhII:1-5: the reference has no contig 'crhII'; did you mean chrII"));
    CHECK_THAT(message_of({"chrI:230000-230219"}), Contains("chrI, which has the positions 1 to 230218"));
    CHECK_THAT(message_of({"chrI:9-3"}), Contains("the end 3 lies before the start 9"));
    CHECK_THAT(message_of({"chrII"}), Contains("2,000,000 bases are more than"));
    CHECK_THAT(message_of({"chrI:a-b"}), Contains("no range"));
    CHECK_THAT(message_of(std::vector<std::string>(21, "chrI")), Contains("21 regions are asked for, a page may have 20"));
}

TEST_CASE("a slice has what overlaps, cut to a margin, and the letters under it", "[report]") {
    const Files files;
    const std::string all = files.record("before", 0, 10, 90) + files.record("left", 0, 60, 50) +
                            files.record("inside", 16, 120, 20) + files.record("around", 0, 0, 1'000) +
                            files.record("behind", 0, 200, 10) + "lost\t4\t*\t0\t0\t*\t*\t0\t0\tACGT\t*\n";
    const RegionSlice slice = files.slice(all, {100, 200}, {.margin = 30});
    CHECK(slice.overlapping == 3);
    CHECK(slice.contig_length == 1'000);
    CHECK(slice.letters_begin == 70);
    CHECK(slice.letters == part(files.letters, 70, 160));
    REQUIRE(slice.rows.size() == 3);
    CHECK(slice.rows[0].name == "around");   // the rows tell of whole records
    CHECK(slice.rows[0].place == ReferenceInterval{0, 1'000});
    CHECK(slice.rows[0].identity == 1.0);
    CHECK(slice.rows[1].name == "left");
    CHECK(slice.rows[2].strand == Strand::reverse);
    const std::vector<std::string> records = files.records_in(slice);
    REQUIRE(records.size() == 3);
    CHECK_THAT(records[0], Contains("around\t0\tc_1\t71\t60\t70H160M770H\t*\t0\t0\t" + slice.letters));
    CHECK_THAT(records[1], Contains("left\t0\tc_1\t71\t60\t10H40M"));
    CHECK_THAT(records[2], Contains("inside\t16\tc_1\t121\t60\t20M\t*\t0\t0\t" + part(files.letters, 120, 20) + "\t*\tNM:i:0"));
}

TEST_CASE("more records than a page can hold become a sample of all, always the same", "[report]") {
    const Files files;
    std::string many;
    for (int i = 0; i < 600; ++i) many += files.record("r" + std::to_string(i), 0, i, 20);
    const RegionSlice slice = files.slice(many, {0, 1'000}, {.records = 100});
    CHECK(slice.overlapping == 600);
    REQUIRE(slice.rows.size() == 100);
    const auto in_first_half =
        std::count_if(slice.rows.begin(), slice.rows.end(), [](const SliceRow& row) { return row.place.begin < 300; });
    CHECK(in_first_half > 30);
    CHECK(in_first_half < 70);
    CHECK(files.records_in(slice).size() == 100);
    CHECK(files.slice(many, {0, 1'000}, {.records = 100}).bam == slice.bam);
    CHECK(files.slice(many, {0, 1'000}, {.letters = 400}).rows.size() == 20);
    CHECK(files.slice(many, {0, 1'000}, {.letters = 1}).rows.size() == 1);
}

TEST_CASE("a record of which only a gap lies in the region is not there", "[report]") {
    const Files files;
    const std::string spliced =
        "s\t0\tc:1\t1\t60\t10M700N10M\t*\t0\t0\t" + part(files.letters, 0, 10) + part(files.letters, 710, 10) + "\t*\n";
    const RegionSlice slice = files.slice(spliced, {300, 400}, {.margin = 50});
    CHECK(slice.overlapping == 0);
    CHECK(slice.rows.empty());
}

TEST_CASE("an empty region is a slice without records", "[report]") {
    const Files files;
    const RegionSlice slice = files.slice(files.record("far", 0, 900, 50), {0, 100}, {});
    CHECK(slice.rows.empty());
    CHECK(slice.letters == part(files.letters, 0, 100));
    CHECK(files.records_in(slice).empty());
}

TEST_CASE("PAF is shown too, without letters where it has none", "[report]") {
    const Files files;
    const std::string paf = files.folder.file(
        "a.paf",
        "q\t40\t0\t40\t-\tc:1\t1000\t100\t140\t38\t40\t60\tcg:Z:40M\nplain\t50\t5\t50\t+\tc:1\t1000\t110\t160\t40\t55\t1\n");
    const RegionSlice slice = slice_region(paf, "", {"c:1", {90, 200}}, files.reference());
    REQUIRE(slice.rows.size() == 2);
    CHECK(slice.rows[0].identity == Approx(0.95));
    const std::vector<std::string> records = files.records_in(slice);
    CHECK_THAT(records.at(0), Contains("q\t16\tc_1\t101\t60\t40M\t*\t0\t0\t*"));
    CHECK_THAT(records.at(1), Contains("plain\t0\tc_1\t111\t1\t5H50M"));
}

TEST_CASE("records of another reference are told", "[report]") {
    const Files files;
    const std::string sam = files.folder.file("a.sam", "@SQ\tSN:c:1\tLN:2000\nq\t0\tc:1\t990\t60\t20M\t*\t0\t0\t*\t*\n");
    CHECK_THROWS_WITH(slice_region(sam, "", {"c:1", {900, 1'000}}, files.reference()),
                      Contains("ends at c:1:1009") && Contains("has 1000 bases"));
}
