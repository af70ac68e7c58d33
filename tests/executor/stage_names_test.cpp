#include "weft/executor/stage_names.hpp"

#include <catch2/catch.hpp>

using namespace weft;

TEST_CASE("a task is of the stage with the longest name that it begins with", "[executor]") {
    StageNames names;
    for (const char* name : {"lift", "lift[a/b]", "align"}) names.add(name);
    struct Row {
        const char *task, *stage;
    };
    const Row rows[] = {
        {"lift", "lift"},
        {"lift/1", "lift"},
        {"lift[a/b]", "lift[a/b]"},
        {"lift[a/b]/c/d", "lift[a/b]"},
        {"align/chunk 3/part 1", "align"},
        {"lift[a", "lift[a"},
        {"lifted/1", "lifted"},
        {"/x", ""},
        {"", ""},
    };
    for (const Row& row : rows) CHECK(names.name(names.of(row.task)) == row.stage);
    CHECK(names.size() == 6);
    CHECK(names.add("align") == 2);
    CHECK(names.find("align") == 2);
    CHECK(names.find("align/1") == names.size());
}
