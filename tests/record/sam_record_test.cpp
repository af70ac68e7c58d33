#include "weft/record/sam_record.hpp"

#include <catch2/catch.hpp>

#include "support/example_alignments.hpp"
#include "weft/model/error.hpp"

using namespace weft;
using namespace weft::test;
using Catch::Matchers::Contains;

namespace {

const ExampleReference reference{{{"chr1", "ACGTACGTTTGACCATGACCATTTACGGACGATTACA"}, {"chr2", "GGGCATTACGGACTTACCCC"}}};

std::string lines(const Feature& feature, const FeatureAlignments& result, OutputOptions options = {}) {
    RecordContext context{options, reference.header().contigs, reference.letters(), ""};
    RecordSource source(context);
    source.assign(feature, result);
    std::string text;
    append_sam_records(source, text);
    return text;
}

}  // namespace

TEST_CASE("a feature on the reverse strand, with clips, an insertion and a mismatch", "[record]") {
    // Reference 4..14 is ACGTTTGACC. The feature has it with C inserted before 8 and A for T at 9, turned around, between tt and gg.
    const Feature feature{.name = "f", .sequence = "ttGGTCTAGACGTgg", .qualities = "ABCDEFGHIJKLMNO"};
    FeatureAlignments result{.repeat_length = 5};
    result.alignments.push_back(
        example_alignment(reference, feature, ContigId{0}, Strand::reverse, 4, {2, 13}, cigar_of("4M1I6M")));
    result.alignments[0].mapq = 37;
    CHECK(to_string(result.alignments[0].cigar) == "4=1I1=1X4=");
    CHECK(lines(feature, result, {.md = true, .cs = CsTag::brief}) ==
          "f\t16\tchr1\t5\t37\t2S4M1I6M2S\t*\t0\t0\tCCACGTCTAGACCAA\tONMLKJIHGFEDCBA\t"
          "NM:i:2\tms:i:15\tAS:i:14\tnn:i:0\ttp:A:P\tcm:i:1\ts1:i:4\ts2:i:0\tde:f:0.1818\trl:i:5\tMD:Z:5T4\tcs:Z::4+c:1*ta:4\n");
}

TEST_CASE("parts of a feature know each other, secondary alignments stay out of it", "[record]") {
    const Feature feature{.name = "chimera", .sequence = "ACGTACGTTTGGGCATTACG"};
    FeatureAlignments result;
    const auto add = [&](ContigId contig, std::int64_t position, QueryInterval query, const char* cigar, Role role) {
        Alignment alignment = example_alignment(reference, feature, contig, Strand::forward, position, query, cigar_of(cigar));
        alignment.role = role;
        alignment.mapq = 60;
        result.alignments.push_back(alignment);
    };
    add(ContigId{0}, 0, {0, 10}, "10M", Role::primary);
    add(ContigId{1}, 0, {10, 20}, "4M1I5M", Role::supplementary);
    add(ContigId{0}, 4, {12, 16}, "2M2D2M", Role::supplementary);
    add(ContigId{0}, 4, {0, 8}, "8M", Role::secondary);
    result.alignments[3].ties = 2;

    const std::vector<std::string> expected{
        "0\tchr1\t1\t60\t10M10S\tACGTACGTTTGGGCATTACG\tchr2,1,+,10S9M1I,60,5;chr1,5,+,12S4M2D4S,60,4;",
        "2048\tchr2\t1\t60\t10H4M1I5M\tGGGCATTACG\tchr1,1,+,10M10S,60,0;chr1,5,+,12S4M2D4S,60,4;",
        "2048\tchr1\t5\t60\t12H2M2D2M4H\tGCAT\tchr1,1,+,10M10S,60,0;chr2,1,+,10S9M1I,60,5;",
        "256\tchr1\t5\t60\t8M12S\t*\t",
    };
    std::vector<std::string> seen;
    std::string text = lines(feature, result);
    for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1) {
        const std::string line = text.substr(at, text.find('\n', at) - at);
        const auto columns = columns_of(line);
        std::string sa;
        for (std::size_t i = 11; i < columns.size(); ++i)
            if (columns[i].starts_with("SA:Z:")) sa = columns[i].substr(5);
        seen.push_back(columns[1] + '\t' + columns[2] + '\t' + columns[3] + '\t' + columns[4] + '\t' + columns[5] + '\t' + columns[9] + '\t' + sa);
        CHECK((line.find("tp:A:S") != std::string::npos) == (columns[1] == "256"));
        CHECK((line.find("s2:i:") != std::string::npos) == (columns[1] != "256"));
        CHECK((line.find("zt:i:2") != std::string::npos) == (columns[1] == "256"));
    }
    CHECK(seen == expected);
}

TEST_CASE("features without alignment are records with their sequence and the reason", "[record]") {
    CHECK(lines({.name = "f", .sequence = "ACNu", .qualities = "!!!~"}, {.repeat_length = 3, .unaligned = Unaligned::no_seed}) ==
          "f\t4\t*\t0\t0\t*\t*\t0\t0\tACNT\t!!!~\trl:i:3\tzr:Z:no_seed\n");
    CHECK(lines({.name = ""}, {.unaligned = Unaligned::empty_sequence}) == "*\t4\t*\t0\t0\t*\t*\t0\t0\t*\t*\trl:i:0\tzr:Z:empty_sequence\n");
    CHECK(lines({.name = "f", .sequence = "A"}, {.unaligned = Unaligned::failed, .message = "out\nof luck"}) ==
          "f\t4\t*\t0\t0\t*\t*\t0\t0\tA\t*\trl:i:0\tzr:Z:failed\tze:Z:out of luck\n");
}

TEST_CASE("letters are shown as BAM keeps them", "[record]") {
    CHECK_THAT(lines({.name = "f", .sequence = "acgturykmswbdhvn-*=.X?"}, {.unaligned = Unaligned::no_seed}),
               Contains("\tACGTTRYKMSWBDHVNNNNNNN\t"));
}

TEST_CASE("names that SAM cannot hold are an error", "[record]") {
    const FeatureAlignments none{.unaligned = Unaligned::no_seed};
    CHECK_NOTHROW(lines({.name = std::string(254, 'x')}, none));
    CHECK_THROWS_WITH(lines({.name = std::string(255, 'x')}, none), Contains("255 characters") && Contains("254"));
    CHECK_THROWS_AS(lines({.name = "@f"}, none), FormatError);
}
