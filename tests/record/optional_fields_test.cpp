#include "weft/record/optional_fields.hpp"

#include <catch2/catch.hpp>

#include "weft/bytes/hts_handle.hpp"
#include "weft/model/error.hpp"

using namespace weft;

namespace {

// The same field through HTSlib's own parser of SAM text.
std::string encoded_by_htslib(const std::string& field) {
    const SamHeader header(sam_hdr_init());
    const BamRecord record(bam_init1());
    std::string line = "q\t4\t*\t0\t0\t*\t*\t0\t0\t*\t*\t" + field;
    kstring_t text{line.size(), line.size() + 1, line.data()};
    REQUIRE(sam_parse1(&text, header.get(), record.get()) == 0);
    return {reinterpret_cast<const char*>(bam_get_aux(record.get())), static_cast<std::size_t>(bam_get_l_aux(record.get()))};
}

}  // namespace

TEST_CASE("fields read from text are those that HTSlib reads, and print back", "[record]") {
    for (const std::string field : {"NM:i:3", "NM:i:-3", "NM:i:300", "xi:i:70000", "xi:i:4000000000", "tp:A:P", "RG:Z:", "RG:Z:two words",
                                    "de:f:0.0103", "de:f:-1.5", "de:f:100000", "hx:H:0AFF", "ML:B:C,1,2,255", "xs:B:s,-1,300", "xf:B:f,0.5,2",
                                    "xe:B:i", "X0:Z:a:b:c"}) {
        INFO(field);
        std::string encoded;
        REQUIRE(append_encoded(field, encoded));
        CHECK(encoded == encoded_by_htslib(field));
        std::string text;
        append_as_text(optional_fields(encoded, "test").front(), text);
        CHECK(text == field);
    }
}

TEST_CASE("what is no field is not taken for one", "[record]") {
    for (const char* text : {"", "NM", "NM:i", "NM:i:", "NM:i:x", "NM:i:3x", "NM:i:5000000000", "1N:0:ATCACG", "1:N:0:ATCACG", "tp:A:PS", "tp:A:",
                             "de:f:x", "de:f:1e300", "hx:H:0", "hx:H:0G", "ML:B:C,256", "ML:B:C,", "ML:B:x,1", "ML:B:", "ML:B:C1", "NM:q:3", "gene:Z:x", "RG:Z:a\tb"}) {
        INFO(text);
        std::string encoded = "before";
        CHECK_FALSE(append_encoded(text, encoded));
        CHECK(encoded == "before");
    }
}

TEST_CASE("damaged fields are refused, not followed", "[record]") {
    using std::string;
    const string good = string("NMC\x03", 4) + string("RGZab\0", 6) + string("MLBC\x02\0\0\0\x01\x02", 10);
    CHECK(optional_fields(good, "x").size() == 3);
    for (std::size_t length = 1; length < good.size(); ++length)
        if (length != 4 && length != 10) CHECK_THROWS_AS(optional_fields(std::string_view(good).substr(0, length), "x"), FormatError);
    CHECK_THROWS_AS(optional_fields(string("NMq\x03", 4), "x"), FormatError);
    CHECK_THROWS_AS(optional_fields(string("MLBZ\x01\0\0\0a", 9), "x"), FormatError);
    CHECK_THROWS_AS(optional_fields(string("MLBi\xff\xff\xff\xff\x01\0\0\0", 12), "x"), FormatError);
    CHECK_THROWS_WITH(optional_fields("N", "feature f"), Catch::Contains("feature f"));
}
