#include "weft/index/name_table.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "weft/model/error.hpp"

using namespace weft;

TEST_CASE("names of any length and content are found", "[index]") {
    std::vector<std::string> names{"chr1", "chr10", "a b|c", std::string("zero\0inside", 11), std::string(100'000, 'n')};
    for (int i = 0; i < 2'000; ++i) names.push_back("scaffold_" + std::to_string(i));
    const std::vector<std::string_view> views(names.begin(), names.end());
    const OwnedNameTable owned = make_name_table(views, "x.fa");
    const NameTable table = owned.view();
    for (std::uint32_t i = 0; i < names.size(); ++i) {
        CHECK(table.name(ContigId{i}) == names[i]);
        CHECK(table.find(names[i]) == ContigId{i});
    }
    for (const std::string_view absent : {"", "chr", "chr2", "zero", "scaffold_2000"}) CHECK_FALSE(table.find(absent));
}

TEST_CASE("a name table without free slots or with wild ones still answers", "[index]") {
    const std::vector<std::string_view> names{"a", "b"};
    OwnedNameTable table = make_name_table(names, "x.fa");
    for (std::uint32_t& slot : table.slots) slot = 0xFFFFFFFFu;
    CHECK_FALSE(table.view().find("a"));
}

TEST_CASE("names that do not name are refused", "[index]") {
    const std::vector<std::string_view> twice{"a", "b", "c", "b"};
    CHECK_THROWS_WITH(make_name_table(twice, "x.fa"), "x.fa: two contigs are named `b` (number 2 and 4); rename one of them");
    const std::vector<std::string_view> nameless{"a", ""};
    CHECK_THROWS_AS(make_name_table(nameless, "x.fa"), FormatError);
}
