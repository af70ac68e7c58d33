#include "weft/report/feature_table.hpp"

#include <catch2/catch.hpp>

#include "support/records.hpp"

using namespace weft;
using namespace weft::test;

namespace {

std::string line_of(const std::vector<AlignmentRecord>& records) {
    const std::string text = tsv_text({feature_table_head(), {feature_table_row(row_of(records))}});
    return text.substr(text.find('\n') + 1);
}

}  // namespace

TEST_CASE("a row of the feature table tells what is known and leaves out the rest", "[report]") {
    CHECK(tsv_text({feature_table_head(), {}}) ==
          "name\tlength\tsize_"
          "class\tclass\tcontig\tbegin\tend\tstrand\tmapq\tidentity\tcoverage\tmatches\tmismatches\tinserted\tdeleted\tgaps\t"
          "longest_gap\tsupplementary\tsecondary\tequal_places\tscore\treason\n");
    CHECK(line_of({record_of({.begin = 10, .strand = Strand::reverse, .cigar = "95=1X4I", .score = 77}),
                   record_of({.role = Role::secondary, .score = 77})}) ==
          "q\t100\tbelow 1 kb\tduplicate\tc1\t10\t106\t-\t60\t0.95\t1\t95\t1\t4\t0\t1\t4\t0\t1\t1\t77\t\n");
    CHECK(line_of({lost_record("gone", 1'000, "no seed")}) ==
          "gone\t1000\t1-10 kb\tunmapped\t\t\t\t\t\t\t\t\t\t\t\t\t\t0\t0\t0\t\tno seed\n");
    CHECK(line_of({lost_record("gone", 0)}) == "gone\t\t\tunmapped\t\t\t\t\t\t\t\t\t\t\t\t\t\t0\t0\t0\t\tno alignment\n");
    CHECK(line_of({record_of({.cigar = "100M", .mapq = 255})}) ==
          "q\t100\tbelow 1 kb\tcomplete\tc1\t0\t100\t+\t\t\t1\t\t\t0\t0\t0\t0\t0\t0\t0\t\t\n");
}

TEST_CASE("single gaps are not known from the columns of a PAF without CIGAR, unless there are none", "[report]") {
    AlignmentRecord record = record_of({.cigar = "98=2I"});
    record.cigar.clear();
    record.matches = 98;
    record.columns = 100;
    CHECK(line_of({record}) == "q\t100\tbelow 1 kb\tcomplete\tc1\t0\t98\t+\t60\t0.98\t1\t98\t0\t2\t0\t\t\t0\t0\t0\t\t\n");
    record.reference.end = 100;
    CHECK(line_of({record}) == "q\t100\tbelow 1 kb\tcomplete\tc1\t0\t100\t+\t60\t0.98\t1\t98\t2\t0\t0\t0\t0\t0\t0\t0\t\t\n");
}
