#include "weft/record/kept_fields.hpp"

#include <catch2/catch.hpp>

#include "weft/model/error.hpp"
#include "weft/record/optional_fields.hpp"

using namespace weft;

namespace {

std::string encoded(std::initializer_list<const char*> fields) {
    std::string bytes;
    for (const char* field : fields) REQUIRE(append_encoded(field, bytes));
    return bytes;
}

KeptFields kept(const Feature& feature, OutputOptions options = {}, const std::string& read_group = "") {
    const RecordContext context{options, {}, {}, read_group};
    KeptFields fields;
    collect_kept_fields(feature, context, fields);
    return fields;
}

}  // namespace

TEST_CASE("tags of the input stay, except those about its alignment", "[record]") {
    const Feature feature{.name = "f", .tags = encoded({"NM:i:3", "BC:Z:ACGT", "MD:Z:10", "RG:Z:a", "ML:B:C,1,2", "XA:Z:x", "OQ:Z:abc", "xx:i:-5"})};
    const KeptFields fields = kept(feature);
    CHECK(fields.forward == "\tBC:Z:ACGT\tML:B:C,1,2\tOQ:Z:abc\txx:i:-5");
    CHECK(fields.reverse == "\tBC:Z:ACGT\tML:B:C,1,2\tOQ:Z:cba\txx:i:-5");   // OQ runs along SEQ
    CHECK(fields.partial == "\tBC:Z:ACGT\txx:i:-5");                         // nothing per base
    CHECK(fields.read_group == "\tRG:Z:a");
    CHECK(kept(feature, {}, "mine").read_group.empty());
    CHECK(kept(feature, {.format = OutputFormat::bam}).partial == encoded({"BC:Z:ACGT", "xx:i:-5"}));
    CHECK(kept(feature, {.format = OutputFormat::paf}).forward.empty());
    CHECK(kept(feature, {.format = OutputFormat::paf, .copy_comment = true}).forward == fields.forward);
}

TEST_CASE("a comment becomes tags, or one comment", "[record]") {
    struct Row {
        const char* comment;
        const char* fields;
    };
    const Row rows[] = {
        {"", ""},
        {"BC:Z:ACGT\txx:i:1", "\tBC:Z:ACGT\txx:i:1"},
        {"xx:i:1\txx:i:2", "\txx:i:1"},                       // a tag occurs once in a record
        {"AS:i:1\txx:i:2", "\txx:i:2"},                       // and none speaks of another alignment
        {"some words\tand more", "\tCO:Z:some words and more"},
        {"1:N:0:ATCACG", "\tCO:Z:1:N:0:ATCACG"},
        {"xx:i:1\tnot a tag", "\tCO:Z:xx:i:1 not a tag"},
        {"a\x01" "b", "\tCO:Z:a b"},
    };
    for (const Row& row : rows) {
        CHECK(kept({.name = "f", .comment = row.comment}, {.copy_comment = true}).forward == row.fields);
        CHECK(kept({.name = "f", .comment = row.comment}).forward.empty());
    }
}

TEST_CASE("damaged tags name the feature", "[record]") {
    CHECK_THROWS_WITH(kept({.name = "gene7", .tags = "BCZACGT"}), Catch::Contains("gene7"));
}
