#include "weft/pipeline/stage_frame.hpp"

#include <catch2/catch.hpp>

#include "support/example_stage_kinds.hpp"
#include "weft/pipeline/yaml_tree.hpp"

using namespace weft;

namespace {

class Frames {
public:
    explicit Frames(const std::string& yaml) {
        root_ = *parse_yaml(std::make_shared<const ConfigSource>(ConfigSource{"x.yaml", yaml}), problems_);
        References references(root_.find("vars"), problems_);
        frames_ = read_stage_frames(root_, schema_, {}, references, problems_);
    }

    const std::vector<StageFrame>& frames() const { return frames_; }
    std::vector<std::string> codes() const {
        std::vector<std::string> codes;
        for (const ConfigProblem& problem : problems_.sorted()) codes.push_back(problem.code);
        return codes;
    }

private:
    PipelineSchema schema_ = test::example_schema();
    ProblemList problems_{};
    ConfigNode root_{};
    std::vector<StageFrame> frames_{};
};

}  // namespace

TEST_CASE("frames know kind, needs and foreach", "[pipeline]") {
    const Frames read(
        "stages:\n  - { name: b, stage: analyze, needs: [a, c] }\n  - { name: a, stage: lift, foreach: { s: [x, y] } }\n  - { name: c, "
        "stage: parse }\n");
    CHECK(read.codes().empty());
    REQUIRE(read.frames().size() == 3);
    CHECK(read.frames()[0].needs == std::vector<std::size_t>{1, 2});
    CHECK(read.frames()[0].kind->name == "analyze");
    CHECK_FALSE(read.frames()[0].repeated);
    CHECK(read.frames()[1].foreach->items.size() == 2);
    CHECK(read.frames()[2].node->position == TextPosition{4, 5});
}

TEST_CASE("a stage with a fault still exists for those that need it", "[pipeline]") {
    const Frames read(
        "stages:\n  - { name: a, stage: nothing }\n  - { name: b, stage: lift, foreach: 3 }\n  - { name: c, stage: parse, needs: [a, b] "
        "}\n");
    CHECK(read.codes() == std::vector<std::string>{"W106", "W150"});
    REQUIRE(read.frames().size() == 3);
    CHECK(read.frames()[0].kind == nullptr);
    CHECK(read.frames()[1].repeated);
    CHECK_FALSE(read.frames()[1].foreach);
    CHECK(read.frames()[2].needs.size() == 2);
}
