#include "weft/report/multiqc.hpp"

#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

#include "support/example_alignments.hpp"
#include "support/small_analysis.hpp"

using namespace weft;
using namespace weft::test;
using nlohmann::json;

TEST_CASE("MultiQC gets general statistics, classes and identities of one sample", "[report]") {
    const TemporaryFolder folder;
    const std::vector<MultiqcFile> files = multiqc_files(small_analysis(folder));
    REQUIRE(files.size() == 3);
    CHECK(files[0].name == "weft_general_mqc.json");
    CHECK(files[1].name == "weft_classes_mqc.json");
    CHECK(files[2].name == "weft_identity_mqc.json");
    const json general = json::parse(files[0].content);
    CHECK(general["plot_type"] == "generalstats");
    CHECK(general["data"] == json{{"small", {{"features", 6}, {"mapped", 83.3333}, {"identity", 99}, {"coverage", 100}}}});
    CHECK(general["pconfig"].size() == 4);
    const json classes = json::parse(files[1].content);
    CHECK(classes["plot_type"] == "bargraph");
    CHECK(classes["data"]["small"].size() == feature_classes.size());
    CHECK(classes["data"]["small"]["low_identity"] == 1);
    const json identity = json::parse(files[2].content);
    CHECK(identity["plot_type"] == "linegraph");
    CHECK(identity["data"]["small"]["80"] == 1);
    CHECK(identity["data"]["small"]["99.5"] == 2);
    CHECK(identity["data"]["small"].size() == 40);   // from 80 % on
}

TEST_CASE("the sample is the label without the ending of an alignment file", "[report]") {
    struct Row {
        const char* label;
        const char* sample;
    };
    for (const Row& row : {Row{"a.bam", "a"}, {"a.b.cram", "a.b"}, {"a.paf.gz", "a"}, {"yeast genes", "yeast genes"}, {".bam", ".bam"}}) {
        Analysis analysis;
        analysis.label = row.label;
        CHECK(json::parse(multiqc_files(analysis)[1].content)["data"].contains(row.sample));
    }
}

TEST_CASE("MultiQC itself reads the files", "[report]") {
    if (!installed("multiqc")) {
        WARN("multiqc is not installed: skipped");
        return;
    }
    const TemporaryFolder folder;
    for (const MultiqcFile& file : multiqc_files(small_analysis(folder))) folder.file(file.name, file.content);
    (void)output_of("cd '" + folder.path().string() + "' && multiqc --no-report --outdir out . 2>&1");
    const std::string table = content_of(folder / "out/multiqc_data/multiqc_general_stats.txt");
    CHECK(table.find("\nsmall\t") != std::string::npos);
    CHECK(table.find("83.3333") != std::string::npos);
    CHECK(content_of(folder / "out/multiqc_data/multiqc_weft_classes_plot.txt").find("low_identity") != std::string::npos);
}
