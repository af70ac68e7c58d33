#include "weft/pipeline/read_pipeline.hpp"

#include <catch2/catch.hpp>
#include <chrono>

#include "support/example_stage_kinds.hpp"
#include "support/temporary_folder.hpp"

using namespace weft;
using std::chrono::milliseconds;

namespace {

const std::string folder = WEFT_SOURCE_DIR "/tests/pipeline/";

const StageConfig& stage_of(const Pipeline& pipeline, std::string_view name) {
    for (const StageConfig& stage : pipeline.stages)
        if (stage.name == name) return stage;
    throw std::out_of_range(std::string(name));
}

using Words = std::vector<std::string>;

/// The messages of a text that cannot be read.
Words messages_of(const std::string& text, const ConfigOverrides& overrides = {}) {
    Words texts;
    try {
        read_pipeline_text(text, "x.yaml", test::example_schema(), overrides);
    } catch (const ConfigError& error) {
        for (const ConfigProblem& problem : error.problems()) texts.push_back(problem.text());
    }
    return texts;
}

const std::string small = "weft: 1\nname: small\nstages:\n  - name: align\n    stage: align\n";

}  // namespace

TEST_CASE("the good file is read completely: what holds for the whole run", "[pipeline]") {
    const Pipeline pipeline = read_pipeline(folder + "good.yaml", test::example_schema());
    CHECK(pipeline.file == folder + "good.yaml");
    CHECK(pipeline.folder / "" == std::filesystem::path(folder));
    CHECK(pipeline.name == "yeast-genes");
    CHECK(pipeline.threads == 8);
    CHECK(pipeline.memory == ByteSize{std::uint64_t{16} << 30});
    CHECK(pipeline.work == folder + "work");
    CHECK(pipeline.out == folder + "results/yeast");
    CHECK(pipeline.on_error == "keep-going");
    CHECK(pipeline.limits == CountMap{{"downloads", 2}});
    CHECK(pipeline.warnings.empty());
    Words names;
    for (const StageConfig& stage : pipeline.stages) names.push_back(stage.name);
    CHECK(names == Words{"load", "visualize", "align", "lift[Y12]", "lift[SK1]", "keep[Y12]", "keep[SK1]", "analyze", "sort"});
    CHECK(pipeline.order == std::vector<std::size_t>{0, 2, 3, 4, 5, 6, 7, 1, 8});
}

TEST_CASE("the good file is read completely: every setting of every stage", "[pipeline]") {
    const Pipeline pipeline = read_pipeline(folder + "good.yaml", test::example_schema());

    const StageConfig& load = stage_of(pipeline, "load");
    CHECK(load.needs.empty());
    CHECK(load.position == TextPosition{18, 5});
    CHECK(load.settings.get<PathMap>("inputs") ==
          PathMap{{"reference", folder + "data/ref.fa.gz"}, {"features", "https://example.org/genes.gff3.gz"}});
    CHECK(load.settings.get<Words>("uses") == Words{"downloads"});
    CHECK(load.settings.get<EventRate>("rate") == EventRate{5, milliseconds{60'000}});
    CHECK(load.settings.get<std::string>("kind") == "io");
    CHECK(load.settings.get<std::string>("on_error") == "keep-going");
    CHECK(load.settings.find("on_error")->origin == SettingOrigin::file);
    CHECK(load.settings.get<std::string>("chunk") == "auto");
    CHECK(load.settings.find("memory") == nullptr);

    CHECK(stage_of(pipeline, "visualize").settings.get<std::string>("title") == "Yeast: yeast");
    CHECK(stage_of(pipeline, "visualize").needs == Words{"analyze"});

    const StageConfig& align = stage_of(pipeline, "align");
    CHECK(align.kind == "align");
    CHECK(align.kind_version == 3);
    CHECK(align.base == "align");
    CHECK(align.key.empty());
    CHECK(align.settings.get<std::string>("preset") == "ont");
    CHECK(align.settings.get<double>("min_identity") == 0.95);
    CHECK(align.settings.get<std::int64_t>("copies") == 1);
    CHECK(align.settings.get<std::int64_t>("chunk") == 500);
    CHECK(align.settings.get<std::string>("kind") == "mem");
    CHECK(align.settings.get<std::int64_t>("cpu") == 2);
    CHECK(align.settings.get<ByteSize>("memory") == ByteSize{600 << 20});
    CHECK(align.settings.get<std::int64_t>("io") == 1);
    CHECK(align.settings.get<milliseconds>("timeout") == milliseconds{5'400'000});
    CHECK(align.settings.get<std::int64_t>("retry.max") == 2);
    CHECK(align.settings.get<milliseconds>("retry.backoff") == milliseconds{5'000});
    CHECK(align.settings.get<double>("retry.factor") == 1.5);
    CHECK(align.settings.get<milliseconds>("retry.cap") == milliseconds{120'000});
    CHECK(align.settings.get<Words>("retry.on") == Words{"oom", "timeout"});
    CHECK(align.settings.get<std::int64_t>("priority") == -3);
    CHECK(align.settings.get<std::string>("on_error") == "fail");
    CHECK(align.settings.get<bool>("pure"));
    CHECK(align.settings.get<std::string>("isolation") == "process");
    CHECK_FALSE(align.settings.get<bool>("cache"));
    CHECK(align.settings.get<TextMap>("publish") == TextMap{{"sam", "aligned.sam"}});
    CHECK(align.settings.find("memory")->position == TextPosition{39, 13});

    const StageConfig& lift = stage_of(pipeline, "lift[SK1]");
    CHECK(lift.base == "lift");
    CHECK(lift.key == "SK1");
    CHECK(lift.settings.get<std::filesystem::path>("target") == folder + "SK1.fa.gz");
    CHECK(lift.settings.get<TextMap>("publish") == TextMap{{"gff3", "SK1.gff3"}});
    CHECK(stage_of(pipeline, "keep[SK1]").needs == Words{"lift[SK1]"});
    CHECK(stage_of(pipeline, "keep[Y12]").settings.get<std::string>("where") == "identity >= 0.95 and class == complete");
    CHECK(stage_of(pipeline, "analyze").needs == Words{"align", "keep[Y12]", "keep[SK1]"});

    const StageConfig& sort = stage_of(pipeline, "sort");
    CHECK(sort.outputs == Words{"bam"});
    CHECK(text_of(sort.settings.find("command")->value) == "samtools sort -@ ${cpu} -T ${TMPDIR} -o ${output.bam} ${input.align.sam}");
    CHECK(sort.settings.get<TextMap>("env") == TextMap{{"LC_ALL", "C"}});
}

TEST_CASE("built-in values stand where the file has none", "[pipeline]") {
    const Pipeline pipeline = read_pipeline_text(small, "folder/x.yaml", test::example_schema());
    CHECK(pipeline.threads == 0);
    CHECK_FALSE(pipeline.memory);
    CHECK(pipeline.work == "folder/work");
    CHECK(pipeline.out == "folder/results");
    CHECK(pipeline.on_error == "fail");
    CHECK(pipeline.stages.at(0).settings.get<std::string>("on_error") == "fail");
    CHECK(pipeline.stages.at(0).settings.get<double>("min_identity") == 0.8);
    CHECK(pipeline.stages.at(0).settings.get<milliseconds>("retry.cap") == milliseconds{60'000});
}

TEST_CASE("built-in < file < environment < command line", "[pipeline]") {
    const auto threads = [](const std::string& file, const ConfigOverrides& overrides) {
        const Pipeline pipeline = read_pipeline_text(file + small, "x.yaml", test::example_schema(), overrides);
        return std::pair(pipeline.threads, pipeline.settings.find("threads")->origin);
    };
    CHECK(threads("", {}) == std::pair(0, SettingOrigin::built_in));
    CHECK(threads("threads: 1\n", {}) == std::pair(1, SettingOrigin::file));
    CHECK(threads("threads: 1\n", {.environment = {{"WEFT_THREADS", "2"}}}) == std::pair(2, SettingOrigin::environment));
    CHECK(threads("threads: 1\n", {.environment = {{"WEFT_THREADS", "2"}}, .settings = {"threads=3"}}) ==
          std::pair(3, SettingOrigin::command_line));
}

TEST_CASE("messages about values from outside name the option or variable", "[pipeline]") {
    const ConfigOverrides overrides{.environment = {{"WEFT_MEMORY", "lots"}},
                                    .settings = {"align.memroy=3", "align.cpu=none", "align.preset=[ont]"}};
    CHECK(messages_of(small, overrides) ==
          Words{
              "WEFT_MEMORY: 'memory' of the pipeline is 'lots'; give bytes, such as 8G, 600M or 500k, or auto [W104]",
              "--set align.memroy=3: unknown key 'memroy' in stage 'align'; did you mean 'memory'? [W102]",
              "--set align.preset=[ont]: 'preset' of stage 'align' is a list; give same-species, ont or hifi [W104]",
              "--set align.cpu=none: 'cpu' of stage 'align' is 'none'; give a whole number from 1 to 65536 [W104]",
          });
}

TEST_CASE("warnings come with the pipeline", "[pipeline]") {
    const Pipeline pipeline = read_pipeline_text("limits: { downloads: 2 }\n" + small, "x.yaml", test::example_schema(),
                                                 {.environment = {{"WEFT_MEMROY", "1G"}}});
    REQUIRE(pipeline.warnings.size() == 2);
    CHECK(pipeline.warnings[0].text() == "x.yaml:1:9: warning: no stage uses the limit 'downloads' [W143]");
    CHECK(pipeline.warnings[1].text() ==
          "WEFT_MEMROY: warning: no part of weft reads this environment variable; did you mean 'WEFT_MEMORY'? [W161]");
}

TEST_CASE("foreach over files, and over nothing where that is allowed", "[pipeline]") {
    const test::TemporaryFolder files;
    files.file("b.fa", "");
    files.file("a.fa", "");
    const std::string text =
        "weft: 1\nname: x\nstages:\n  - name: lift\n    stage: lift\n    foreach: { s: glob(\"*.fa\"), allow_empty: true }\n    target: "
        "${s.value}\n"
        "  - { name: all, stage: analyze, needs: lift }\n";
    const Pipeline found = read_pipeline(files.file("x.yaml", text), test::example_schema());
    CHECK(stage_of(found, "all").needs == Words{"lift[a]", "lift[b]"});
    CHECK(stage_of(found, "lift[b]").settings.get<std::filesystem::path>("target") == files / "b.fa");
    const test::TemporaryFolder nothing;
    const Pipeline empty = read_pipeline(nothing.file("x.yaml", text), test::example_schema());
    CHECK(empty.stages.size() == 1);
    CHECK(stage_of(empty, "all").needs.empty());
}

TEST_CASE("a file that cannot be read is an error of the system", "[pipeline]") {
    const test::TemporaryFolder files;
    CHECK_THROWS_AS(read_pipeline(files / "none.yaml", test::example_schema()), SystemError);
    CHECK_THROWS_AS(read_pipeline(files.path().string(), test::example_schema()), SystemError);
    CHECK_THROWS_AS(read_pipeline(files.file("empty.yaml", ""), test::example_schema()), ConfigError);
}
