#include "weft/record/paf_record.hpp"

#include <catch2/catch.hpp>

#include "support/example_alignments.hpp"

using namespace weft;
using namespace weft::test;

namespace {

const ExampleReference reference{{{"chr1", "ACGTACGTTTGACCATGACCATTTACGGACGATTACA"}}};

std::string lines(const Feature& feature, const FeatureAlignments& result, OutputOptions options = {}) {
    options.format = OutputFormat::paf;
    RecordContext context{options, reference.header().contigs, reference.letters(), ""};
    RecordSource source(context);
    source.assign(feature, result);
    std::string text;
    append_paf_records(source, text);
    return text;
}

}  // namespace

TEST_CASE("PAF lines have twelve columns in coordinates of the forward strands, and tags", "[record]") {
    const Feature feature{.name = "f", .comment = "BC:Z:AC\tn:i:x", .sequence = "ttGGTCTAGACGTgg"};
    FeatureAlignments result{.repeat_length = 5};
    result.alignments.push_back(example_alignment(reference, feature, ContigId{0}, Strand::reverse, 4, {2, 13}, cigar_of("4M1I6M")));
    result.alignments[0].mapq = 37;
    const std::string columns = "f\t15\t2\t13\t-\tchr1\t37\t4\t14\t9\t11\t37\t";
    const std::string tags = "NM:i:2\tms:i:15\tAS:i:14\tnn:i:0\ttp:A:P\tcm:i:1\ts1:i:4\ts2:i:0\tde:f:0.1818\trl:i:5";
    CHECK(lines(feature, result) == columns + tags + "\n");
    CHECK(lines(feature, result, {.paf_cigar = true}) == columns + tags + "\tcg:Z:4M1I6M\n");
    CHECK(lines(feature, result, {.extended_cigar = true, .md = true, .cs = CsTag::full, .paf_cigar = true}) ==
          columns + tags + "\tcg:Z:4=1I1=1X4=\tMD:Z:5T4\tcs:Z:=ACGT+c=T*ta=GACC\n");
    CHECK(lines(feature, result, {.copy_comment = true}) == columns + tags + "\tCO:Z:BC:Z:AC n:i:x\n");
    // Supplementary alignments count as primary, and PAF has no clips, SA or RG.
    result.alignments.push_back(result.alignments[0]);
    result.alignments[1].role = Role::supplementary;
    CHECK(lines(feature, result) == columns + tags + "\n" + columns + tags + "\n");
}

TEST_CASE("features without alignment have a line when asked for", "[record]") {
    const FeatureAlignments none{.repeat_length = 7, .unaligned = Unaligned::low_score};
    CHECK(lines({.name = "f", .sequence = "ACGT"}, none).empty());
    CHECK(lines({.name = "f", .sequence = "ACGT"}, none, {.paf_no_hit = true}) == "f\t4\t0\t0\t*\t*\t0\t0\t0\t0\t0\t0\trl:i:7\tzr:Z:low_score\n");
}
