#include "weft/pipeline/print_config.hpp"

#include <catch2/catch.hpp>

#include "support/example_stage_kinds.hpp"

using namespace weft;

TEST_CASE("every value is printed with its origin", "[pipeline]") {
    const PipelineSchema schema = test::example_schema();
    const Pipeline pipeline =
        read_pipeline_text("weft: 1\nname: x\nstages:\n  - name: filter\n    stage: filter\n    where: |\n      a\n      b\n", "x.yaml",
                           schema, {.environment = {{"WEFT_THREADS", "4"}}, .settings = {"filter.cpu=2"}});
    const std::string text = config_text(pipeline);
    const auto has = [&](std::string_view line) { return text.find(line) != std::string::npos; };
    INFO(text);
    CHECK(has("name                  x                  x.yaml:2:7\n"));
    CHECK(has("threads               4                  WEFT_THREADS\n"));
    CHECK(has("memory                auto               built-in\n"));
    CHECK(has("filter.where          a\\nb\\n             x.yaml:6:12\n"));
    CHECK(has("filter.cpu            2                  --set filter.cpu=2\n"));
    CHECK(has("filter.retry.backoff  500ms              built-in\n"));
    CHECK(has("filter.on_error       fail               built-in\n"));
}
