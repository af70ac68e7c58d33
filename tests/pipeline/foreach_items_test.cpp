#include "weft/pipeline/foreach_items.hpp"

#include <catch2/catch.hpp>

#include "support/temporary_folder.hpp"
#include "weft/pipeline/yaml_tree.hpp"

using namespace weft;

namespace {

struct ItemsRead {
    std::optional<ForeachItems> items{};
    std::vector<ConfigProblem> problems{};
};

ItemsRead read(const std::string& yaml, const std::filesystem::path& folder = {}) {
    ProblemList problems;
    const auto root = parse_yaml(std::make_shared<const ConfigSource>(ConfigSource{"x.yaml", yaml}), problems);
    REQUIRE(root);
    References references(root->find("vars"), problems);
    ItemsRead result{.items = read_foreach(*root->find("foreach"), "lift", folder, references, problems)};
    result.problems = problems.sorted();
    return result;
}

}  // namespace

TEST_CASE("maps and lists give their items in the order of the file", "[pipeline]") {
    const ItemsRead map = read("vars: { t: { b: 1.fa, a: 2.fa } }\nforeach: { s: '${t}' }\n");
    REQUIRE(map.items);
    CHECK(map.items->variable == "s");
    CHECK(map.items->items == std::vector<ForeachItem>{{"b", "1.fa"}, {"a", "2.fa"}});
    CHECK(read("foreach: { s: [y, x] }\n").items->items == std::vector<ForeachItem>{{"y", "y"}, {"x", "x"}});
}

TEST_CASE("a pattern gives files by name, with the wildcard's letters as keys", "[pipeline]") {
    const test::TemporaryFolder folder;
    std::filesystem::create_directory(folder / "strains");
    std::filesystem::create_directory(folder / "strains/d.fa.gz");
    for (const char* name : {"strains/Y12.fa.gz", "strains/SK1.fa.gz", "strains/.hidden.fa.gz", "strains/SK1.gff3", "top.fa"})
        folder.file(name, "x");
    const ItemsRead found = read("foreach: { s: glob(\"strains/*.fa.gz\") }\n", folder.path());
    REQUIRE(found.items);
    CHECK(found.items->items == std::vector<ForeachItem>{{"SK1", "strains/SK1.fa.gz"}, {"Y12", "strains/Y12.fa.gz"}});
    CHECK(files_like("top.fa", folder.path()) == std::vector<ForeachItem>{{"top.fa", "top.fa"}});
    CHECK(files_like("none*", folder.path()).empty());
    CHECK_THROWS_AS(files_like("missing/*", folder.path()), SystemError);
}

TEST_CASE("nothing to go over is a problem unless it may be", "[pipeline]") {
    const ItemsRead empty = read("foreach: { s: [] }\n");
    CHECK_FALSE(empty.items);
    CHECK(empty.problems.size() == 1);
    const ItemsRead allowed = read("foreach: { s: [], allow_empty: true }\n");
    REQUIRE(allowed.items);
    CHECK(allowed.items->items.empty());
    CHECK(allowed.problems.empty());
}

TEST_CASE("patterns know * and ?", "[pipeline]") {
    CHECK(fits("*", ""));
    CHECK(fits("*.fa", "a.fa"));
    CHECK(fits("a*b*c", "axxbyybzc"));
    CHECK(fits("a?c", "abc"));
    CHECK(fits("a**", "a"));
    CHECK_FALSE(fits("*.fa", "a.fa.gz"));
    CHECK_FALSE(fits("a?c", "ac"));
    CHECK_FALSE(fits("", "a"));
    CHECK_FALSE(fits("a*b", "acd"));
}
