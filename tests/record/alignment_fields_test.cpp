#include "weft/record/alignment_fields.hpp"

#include <catch2/catch.hpp>

using namespace weft;

TEST_CASE("fields of an alignment are told from fields of a read", "[record]") {
    for (const char* name : {"NM", "MD", "AS", "SA", "cs", "cg", "tp", "MC", "MQ", "NH", "PG", "XS", "XA", "BQ"}) CHECK(describes_alignment(name));
    for (const char* name : {"RG", "BC", "CB", "UB", "RX", "OQ", "MM", "ML", "MN", "ip", "pw", "LB", "PU", "R2", "FI", "XX", "", "nm"}) CHECK_FALSE(describes_alignment(name));
}
