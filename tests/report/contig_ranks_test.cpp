#include "weft/report/contig_ranks.hpp"

#include <catch2/catch.hpp>

using namespace weft;

TEST_CASE("contigs keep the order of the header, others follow as they appear", "[report]") {
    ContigRanks ranks({{"b", 10, ""}, {"a", 20, ""}});
    CHECK(ranks.rank_of("a", 20) == 1);
    CHECK(ranks.rank_of("z", 30) == 2);
    CHECK(ranks.rank_of("b", 10) == 0);
    CHECK(ranks.rank_of("z", 30) == 2);
    REQUIRE(ranks.contigs().size() == 3);
    CHECK(ranks.contigs()[2].name == "z");
    CHECK(ranks.contigs()[2].length == 30);
}
