#include "weft/record/sam_header.hpp"

#include <catch2/catch.hpp>

#include "weft/model/error.hpp"

using namespace weft;
using Catch::Matchers::Contains;

TEST_CASE("a header names order, contigs, read groups and program", "[record]") {
    const OutputHeader header{.contigs = {{"chr1", 1000, "0123456789abcdef0123456789abcdef"}, {"chr2", 3'000'000'000, ""}},
                              .read_groups = {"@RG\tID:a\tSM:x", "@RG\tID:b", "@RG\tID:a\tSM:x"},
                              .program_version = "1.2",
                              .command_line = "weft align -R '@RG\tID:a' x\ny"};
    CHECK(sam_header({}, header) ==
          "@HD\tVN:1.6\tSO:unsorted\tGO:query\n"
          "@SQ\tSN:chr1\tLN:1000\tM5:0123456789abcdef0123456789abcdef\n"
          "@SQ\tSN:chr2\tLN:3000000000\n"
          "@RG\tID:a\tSM:x\n"
          "@RG\tID:b\n"
          "@PG\tID:weft\tPN:weft\tVN:1.2\tCL:weft align -R '@RG\\tID:a' x\\ny\n");
    const std::string sorted = sam_header({.read_group = "@RG\tID:mine", .sort = true}, header);
    CHECK_THAT(sorted, Catch::StartsWith("@HD\tVN:1.6\tSO:coordinate\n"));
    CHECK_THAT(sorted, Contains("@RG\tID:mine\n") && !Contains("ID:b"));
}

TEST_CASE("read groups that cannot be told apart are an error", "[record]") {
    const OutputHeader header{.read_groups = {"@RG\tID:a\tSM:x", "@RG\tID:a\tSM:y"}};
    CHECK_THROWS_WITH(sam_header({}, header), Contains("read group a") && Contains("SM:y"));
    CHECK_NOTHROW(sam_header({.read_group = "@RG\tID:z"}, header));
}

TEST_CASE("the -R line is checked", "[record]") {
    CHECK(read_group_id("@RG\tSM:y\tID:x y\tPL:ONT") == "x y");
    for (const char* line : {"", "x", "@RG", "@RG\t", "@RG\tSM:x", "@RG\tID:", "@RG ID:x", "@RG\tID:x\n@RG\tID:y"})
        CHECK_THROWS_AS(read_group_id(line), UsageError);
}

TEST_CASE("contig names that mean something else in SAM are refused", "[record]") {
    for (const char* name : {"*", "="}) CHECK_THROWS_AS(sam_header({}, {.contigs = {{name, 10, ""}}}), FormatError);
}
