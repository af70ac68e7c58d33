#include "weft/pipeline/overrides.hpp"

#include <catch2/catch.hpp>

#include "weft/pipeline/yaml_tree.hpp"

using namespace weft;

namespace {

class OverriddenTree {
public:
    explicit OverriddenTree(const ConfigOverrides& overrides) {
        const std::string yaml =
            "threads: 2\nvars: { target: a.fa, m: { x: 1 } }\nstages:\n  - name: align\n    cpu: 1\n    retry: { max: 1 }\n  - name: "
            "lift\n";
        root_ = *parse_yaml(std::make_shared<const ConfigSource>(ConfigSource{"x.yaml", yaml}), problems_);
        apply_overrides(root_, overrides, problems_);
    }

    const ConfigNode& root() const { return root_; }
    const ConfigNode& stage(std::size_t i) const { return root_.find("stages")->items.at(i); }
    std::vector<std::string> messages() const {
        std::vector<std::string> texts;
        for (const ConfigProblem& problem : problems_.sorted()) texts.push_back(problem.text());
        return texts;
    }

private:
    ProblemList problems_{};
    ConfigNode root_{};
};

}  // namespace

TEST_CASE("values from outside take the place of the file's and know where they come from", "[pipeline]") {
    const OverriddenTree tree({.environment = {{"WEFT_THREADS", "3"}, {"WEFT_WORK", "w"}, {"HOME", "x"}, {"WEFT_LOG", "debug"}},
                               .settings = {"align.cpu=4", "align.retry.max=5", "lift.retry.max=6", "align.select=[a, b]", "vars.m.x=7",
                                            "limits.n=8", "memory=9G", "align.note=a=b"}});
    CHECK(tree.messages().empty());
    CHECK(tree.root().find("threads")->text == "3");
    CHECK(tree.root().find("threads")->source->origin == SettingOrigin::environment);
    CHECK(tree.root().find("work")->source->label == "WEFT_WORK");
    CHECK(tree.stage(0).find("cpu")->text == "4");
    CHECK(tree.stage(0).find("cpu")->source->label == "--set align.cpu=4");
    CHECK(tree.stage(0).find("cpu")->position == TextPosition{});
    CHECK(tree.stage(0).find("retry")->find("max")->text == "5");
    CHECK(tree.stage(1).find("retry")->find("max")->text == "6");
    CHECK(tree.stage(0).find("select")->items.size() == 2);
    CHECK(tree.root().find("vars")->find("m")->find("x")->text == "7");
    CHECK(tree.root().find("limits")->find("n")->text == "8");
    CHECK(tree.root().find("memory")->text == "9G");
    CHECK(tree.stage(0).find("note")->text == "a=b");
}

TEST_CASE("precedence_test: the command line is stronger than the environment, and the last of its settings wins", "[pipeline]") {
    const OverriddenTree tree({.environment = {{"WEFT_THREADS", "3"}}, .settings = {"threads=4", "threads=5"}});
    CHECK(tree.root().find("threads")->text == "5");
    CHECK(tree.root().entries.size() == 3);
}

TEST_CASE("what does not exist cannot be set", "[pipeline]") {
    const OverriddenTree tree({.environment = {{"WEFT_TREADS", "3"}},
                               .settings = {"aling.cpu=2", "lfit.cpu=2", "vars.targt=x", "align.cpu.x=3", "align.name=b", "cpu", "=3",
                                            "a..b=3", "align.select=[a"}});
    CHECK(
        tree.messages() ==
        std::vector<std::string>{
            "WEFT_TREADS: warning: no part of weft reads this environment variable; did you mean 'WEFT_THREADS' or 'WEFT_REDIS'? [W161]",
            "--set aling.cpu=2: there is no stage 'aling'; did you mean 'align'? [W160]",
            "--set lfit.cpu=2: there is no stage 'lfit'; did you mean 'lift'? [W160]",
            "--set vars.targt=x: nothing in vars is called 'targt'; did you mean 'target'? [W160]",
            "--set align.cpu.x=3: 'x' would stand in '1', not in a map [W160]",
            "--set align.name=b: the name of a stage cannot be set from outside [W160]",
            "--set cpu: give a name and a value, such as align.cpu=2 [W160]",
            "--set =3: give a name and a value, such as align.cpu=2 [W160]",
            "--set a..b=3: 'a..b' is no path such as align.cpu [W160]",
            "--set align.select=[a: no YAML: end of sequence flow not found [W100]",
        });
}
