#include "weft/report/alignment_text.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "weft/model/error.hpp"
#include "weft/model/sequence.hpp"

using namespace weft;

namespace {

// "12=1X3I" as a CIGAR.
Cigar cigar_of(const std::string& text) {
    Cigar cigar;
    std::uint32_t length = 0;
    for (const char c : text) {
        if (c >= '0' && c <= '9') {
            length = length * 10 + static_cast<std::uint32_t>(c - '0');
        } else {
            cigar.push_back({length, static_cast<CigarOp>(std::string("MIDNSHP=X").find(c))});
            length = 0;
        }
    }
    return cigar;
}

ShownAlignment alignment(const std::string& cigar, const std::string& reference, const std::string& query, Strand strand = Strand::forward) {
    ShownAlignment shown;
    AlignmentRecord& record = shown.record;
    record.name = "gene1";
    record.aligned = true;
    record.contig = "chr1";
    record.reference = {99, 99 + std::ssize(reference)};
    record.strand = strand;
    record.query = {5, 5 + std::ssize(query)};
    record.query_length = std::ssize(query) + 7;
    record.mapq = 60;
    record.score = 42;
    record.cigar = cigar_of(cigar);
    shown.reference = reference;
    shown.query = query;
    return shown;
}

std::string text_of(const ShownAlignment& shown, const AlignmentTextOptions& options = {}) {
    std::string text = "\n";
    for (const std::string& line : alignment_text(shown, options)) text += line + "\n";
    return text;
}

}  // namespace

TEST_CASE("an alignment reads as reference, bars and query with 1-based positions", "[report]") {
    CHECK(text_of(alignment("10=1X4=2I6=3D7=", "ACGTACGTACGTTTTAAACCCGGGGATTACA", "ACGTACGTACATTTTGGAAACCCGATTACA")) == R"(
gene1  primary  chr1:100-130 +  MAPQ 60  AS 42  identity 81.82 %
  27 matches, 1 mismatch, 1 insertion (2 bases), 1 deletion (3 bases); query 6-35 of 37

chr1  100 ACGTACGTACGTTTT--AAACCCGGGGATTACA 130
          ||||||||||*||||  ||||||   |||||||
gene1   6 ACGTACGTACATTTTGGAAACCC---GATTACA 35

)");
}

TEST_CASE("lines wrap to the width, at tens of columns where there is room", "[report]") {
    const std::string letters = "ACGTACGTACGTACGTACGTACGTACGTACGTACGTACGTACGTACGTACGT";
    AlignmentTextOptions options;
    options.width = 45;
    CHECK(text_of(alignment("52M", letters, letters), options) == R"(
gene1  primary  chr1:100-151 +  MAPQ 60  AS 42  identity 100.00 %
  52 matches; query 6-57 of 59

chr1  100 ACGTACGTACGTACGTACGTACGTACGTAC 129
          ||||||||||||||||||||||||||||||
gene1   6 ACGTACGTACGTACGTACGTACGTACGTAC 35

chr1  130 GTACGTACGTACGTACGTACGT 151
          ||||||||||||||||||||||
gene1  36 GTACGTACGTACGTACGTACGT 57

)");
}

TEST_CASE("on the reverse strand the positions of the query fall", "[report]") {
    AlignmentTextOptions options;
    options.width = 40;
    ShownAlignment shown = alignment("24=", "AACCGGTTAACCGGTTAACCGGTT", "AACCGGTTAACCGGTTAACCGGTT", Strand::reverse);
    shown.record.role = Role::secondary;
    shown.record.mapq = 255;
    shown.record.score.reset();
    CHECK(text_of(shown, options) == R"(
gene1  secondary  chr1:100-123 -  MAPQ unknown  identity 100.00 %
  24 matches; query 6-29 of 31

chr1  100 AACCGGTTAACCGGTTAACC 119
          ||||||||||||||||||||
gene1  29 AACCGGTTAACCGGTTAACC 10

chr1  120 GGTT 123
          ||||
gene1   9 GGTT 6

)");
}

TEST_CASE("a line that is all gap has no positions", "[report]") {
    AlignmentTextOptions options;
    options.width = 40;
    CHECK(text_of(alignment("10=25I5=", "ACGTACGTACGGGGG", "ACGTACGTACTTTTTTTTTTTTTTTTTTTTTTTTTGGGGG"), options) == R"(
gene1  primary  chr1:100-114 +  MAPQ 60  AS 42  identity 37.50 %
  15 matches, 1 insertion (25 bases); query 6-45 of 47

chr1  100 ACGTACGTAC---------- 109
          ||||||||||
gene1   6 ACGTACGTACTTTTTTTTTT 25

chr1  110 ---------------GGGGG 114
                         |||||
gene1  26 TTTTTTTTTTTTTTTGGGGG 45

)");
    CHECK(text_of(alignment("5=20D5=", "ACGTACCCCCCCCCCCCCCCCCCCCTTTTT", "ACGTATTTTT"), options).find("gene1     -----") == std::string::npos);
    CHECK(text_of(alignment("20=20D5=", std::string(20, 'A') + std::string(20, 'C') + "TTTTT", std::string(20, 'A') + "TTTTT"), options)
              .find("\ngene1     --------------------\n") != std::string::npos);
}

TEST_CASE("long identical stretches and introns fold", "[report]") {
    const std::string long_match(120, 'A');
    AlignmentTextOptions options;
    options.fold = true;
    options.context = 10;
    CHECK(text_of(alignment("120=1X12=500N20=", long_match + "CGGGGGGGGGGGG" + std::string(500, 'T') + std::string(20, 'C'),
                            long_match + "TGGGGGGGGGGGG" + std::string(20, 'C')), options) == R"(
gene1  primary  chr1:100-752 +  MAPQ 60  AS 42  identity 99.35 %
  152 matches, 1 mismatch, 1 intron (500 bases); query 6-158 of 160

chr1  100 AAAAAAAAAA 109
          ||||||||||
gene1   6 AAAAAAAAAA 15

          ... 100 identical bases ...

chr1  210 AAAAAAAAAACGGGGGGGGGGGG 232
          ||||||||||*||||||||||||
gene1 116 AAAAAAAAAATGGGGGGGGGGGG 138

          >>> intron of 500 bases >>>

chr1  733 CCCCCCCCCCCCCCCCCCCC 752
          ||||||||||||||||||||
gene1 139 CCCCCCCCCCCCCCCCCCCC 158

)");
}

TEST_CASE("colours mark what differs and nothing else", "[report]") {
    AlignmentTextOptions options;
    options.color = true;
    const std::string text = text_of(alignment("3=1X2I2D3=", "ACGTCCAAA", "ACGAGGAAA"), options);
    CHECK(text.find("\x1b[1mgene1  primary") != std::string::npos);
    CHECK(text.find("ACG\x1b[1;31mT\x1b[0m\x1b[1;34m--\x1b[0m\x1b[1;33mCC\x1b[0mAAA") != std::string::npos);
    CHECK(text.find("ACG\x1b[1;31mA\x1b[0m\x1b[1;34mGG\x1b[0m\x1b[1;33m--\x1b[0mAAA") != std::string::npos);
    std::string plain = text;
    for (std::size_t at = 0; (at = plain.find('\x1b', at)) != std::string::npos;) plain.erase(at, plain.find('m', at) - at + 1);
    CHECK(plain == text_of(alignment("3=1X2I2D3=", "ACGTCCAAA", "ACGAGGAAA")));
    CHECK(color_legend().find("mismatch") != std::string::npos);
}

TEST_CASE("case is shown and ignored, ambiguous letters match nothing", "[report]") {
    const AlignmentSummary summary = summarize(alignment("6M", "acgtNR", "ACGTNR"));
    CHECK(summary.matches == 4);
    CHECK(summary.mismatches == 2);
    CHECK(summary.identity() == Approx(4.0 / 6));
    CHECK(text_of(alignment("6M", "acgtNR", "ACGTNR")).find("100 acgtNR 105") != std::string::npos);
}

TEST_CASE("long names are cut, long positions keep the columns straight", "[report]") {
    ShownAlignment shown = alignment("4=", "ACGT", "ACGT");
    shown.record.name = "a_transcript_with_a_very_long_name";
    shown.record.reference = {123'456'788, 123'456'792};
    const std::string text = text_of(shown);
    CHECK(text.find("\nchr1             123456789 ACGT 123456792\n") != std::string::npos);
    CHECK(text.find("\na_transcript_w..         6 ACGT 9\n") != std::string::npos);
}

TEST_CASE("letters that do not fit the CIGAR are an error", "[report]") {
    CHECK_THROWS_MATCHES(summarize(alignment("5=", "ACGT", "ACGTA")), FormatError,
                         Catch::Message("alignment of 'gene1': the CIGAR covers 5 reference bases, 4 are at hand; does the file belong to this reference?"));
    CHECK_THROWS_MATCHES(summarize(alignment("4=1D", "ACGTA", "ACG")), FormatError,
                         Catch::Message("alignment of 'gene1': the CIGAR covers 4 query bases, 3 are at hand; does the file belong to this reference?"));
}
