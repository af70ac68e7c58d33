#include "weft/report/analysis_tables.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <nlohmann/json.hpp>

#include "support/small_analysis.hpp"

using namespace weft;
using namespace weft::test;

TEST_CASE("the tables have the numbers of the analysis", "[report]") {
    const TemporaryFolder folder;
    std::map<std::string, std::string> texts;
    for (const Table& table : analysis_tables(small_analysis(folder))) {
        CHECK_FALSE(table.head.title.empty());
        CHECK(texts.emplace(table.head.name, tsv_text(table)).second);
    }
    struct Row {
        const char* table;
        const char* line;
    };
    const Row rows[] = {
        {"classes", "class\tfeatures\tshare\tbelow_1kb\t1_to_10kb\tabove_10kb\n"},
        {"classes", "\nsplit\t1\t0.166667\t1\t0\t0\n"},
        {"size_classes", "\nbelow 1 kb\t6\t5\t610\t0.944301\n"},
        {"size_classes", "\nabove 10 kb\t0\t0\t0\t\n"},
        {"lost_reasons", "\nno seed\t1\n"},
        {"lost_features", "\nparts\t100\tsplit\t2 parts\n"},
        {"contigs", "\nc1\t1000\t4\t0.46\t0.46\n"},
        {"contigs", "\nc3\t200\t0\t0\t0\n"},
        {"depth", "\nc1\t64\t128\t0.4375\n"},     // 100 to 128
        {"depth", "\nc2\t448\t500\t0.442308\n"},   // 448 to 471 of 52 bases
        {"identity", "\n0.99\t0.995\t1\n"},
        {"coverage", "\n0.99\t1\t4\n"},
        {"length", "\n10\t13\t1\n"},
        {"mapq", "\n60\t3\n\t1\n"},
        {"errors", "\nmismatches\t21\t21\t36.9718\n"},
        {"errors", "\ndeletions\t1\t3\t1.76056\n"},
        {"gap_lengths", "\ninsertion\t2\t1\ndeletion\t3\t1\n"},
        {"clipped_ends", "\nbegin\t10\t1\nend\t0\t4\n"},
        {"dot_plot", "\nparts\t60\t100\tc2\t300\t340\t-\t1\n"},
        {"substitutions", "\nA\tG\t1\n"},
    };
    for (const Row& row : rows) {
        INFO(row.table << " has " << texts[row.table]);
        CHECK(texts[row.table].find(row.line) != std::string::npos);
    }
    CHECK(texts.size() == 15);
}

TEST_CASE("without letters there is no table of substitutions", "[report]") {
    for (const Table& table : analysis_tables(Analysis{})) CHECK(table.head.name != "substitutions");
}

TEST_CASE("every table is written as TSV and as JSON, with a summary and what MultiQC reads", "[report]") {
    const TemporaryFolder folder;
    const TemporaryFolder out;
    const Analysis analysis = small_analysis(folder);
    write_tables(analysis, out.path().string());
    std::size_t files = 4;   // summary and MultiQC
    for (const Table& table : analysis_tables(analysis)) {
        CHECK(content_of(out / (table.head.name + ".tsv")) == tsv_text(table));
        CHECK(nlohmann::json::parse(content_of(out / (table.head.name + ".json")))["rows"].size() == table.rows.size());
        files += 2;
    }
    for (const char* const name : {"summary.json", "weft_general_mqc.json", "weft_classes_mqc.json", "weft_identity_mqc.json"})
        CHECK(nlohmann::json::accept(content_of(out / name)));
    CHECK(out.entries() == files);
}
