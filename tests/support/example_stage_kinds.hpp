// Stage kinds for the tests of pipeline files: made up, but with every kind of key that the real ones have.
#pragma once

#include <string_view>
#include <vector>

#include "weft/pipeline/read_pipeline.hpp"

namespace weft::test {

/// Stands in for the language of filters: the word "bad" is a fault.
inline std::vector<TextProblem> check_example_filter(std::string_view text) {
    std::vector<TextProblem> found;
    for (std::size_t at = text.find("bad"); at != text.npos; at = text.find("bad", at + 3))
        found.push_back({.offset = at, .message = "'bad' is no field; did you mean 'identity'?", .code = "W131"});
    return found;
}

inline PipelineSchema example_schema() {
    using namespace value_kind;
    return pipeline_schema({
        {.name = "load",
         .keys = {{.name = "inputs", .kind = path_map(), .required = true},
                  {.name = "kind", .kind = choice({"cpu", "io"}), .default_value = "io"}}},
        {.name = "parse",
         .keys = {{.name = "select", .kind = texts()},
                  {.name = "on_bad_record", .kind = choice({"fail", "skip"}), .default_value = "fail"}}},
        {.name = "align",
         .version = 3,
         .keys = {{.name = "preset", .kind = choice({"same-species", "ont", "hifi"}), .default_value = "same-species"},
                  {.name = "min_identity", .kind = number(0, 1), .default_value = "80%"},
                  {.name = "copies", .kind = whole(1, 100), .default_value = "1"}},
         .outputs = {"sam", "paf"}},
        {.name = "lift", .keys = {{.name = "target", .kind = path(), .required = true}}, .outputs = {"gff3", "unlifted"}},
        {.name = "filter", .keys = {{.name = "where", .kind = checked_text(check_example_filter), .required = true}}, .outputs = {"sam"}},
        {.name = "analyze", .keys = {{.name = "bins", .kind = whole(1, 1'000), .default_value = "50"}}},
        {.name = "visualize", .keys = {{.name = "title", .kind = text()}}},
        {.name = "run",
         .keys = {{.name = "command", .kind = late_text(), .required = true},
                  {.name = "outputs", .kind = text_map(), .required = true, .role = KeySpec::Role::declares},
                  {.name = "env", .kind = text_map()}}},
    });
}

}  // namespace weft::test
