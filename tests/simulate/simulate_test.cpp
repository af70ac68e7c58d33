#include "weft/simulate/simulate.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <functional>
#include <map>
#include <numeric>
#include <sstream>

#include "support/evolution.hpp"
#include "support/temporary_folder.hpp"
#include "weft/bytes/checksum.hpp"
#include "weft/model/error.hpp"
#include "weft/model/sequence.hpp"

using namespace weft;
using namespace weft::test;

namespace {

SimulateOptions small_set() {
    SimulateOptions options;
    options.random.emplace();
    options.random->length = 60'000;
    options.random->contigs = 3;
    options.events.count = 12;
    options.windows = {{100, 1'000}, {30}};
    options.absent = 5;
    options.reads.count = 10;
    options.reads.length = 500;
    options.seed = 21;
    return options;
}

std::map<std::string, std::string> read_fasta(const std::string& path) {
    std::map<std::string, std::string> sequences;
    std::istringstream lines(content_of(path));
    std::string name;
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with('>')) name = line.substr(1, line.find(' ') - 1);
        else sequences[name] += line;
    }
    return sequences;
}

std::vector<std::vector<std::string>> read_table(const std::string& path) {
    std::vector<std::vector<std::string>> rows;
    std::istringstream lines(content_of(path));
    for (std::string line; std::getline(lines, line);) {
        rows.emplace_back();
        std::istringstream cells(line);
        for (std::string cell; std::getline(cells, cell, '\t');) rows.back().push_back(cell);
    }
    return rows;
}

}  // namespace

TEST_CASE("a set consists of the files that were asked for, and they agree with each other", "[simulate]") {
    const TemporaryFolder folder;
    const SimulateReport report = simulate(small_set(), folder / "set");
    CHECK(report.files.size() == 7);
    CHECK(report.source_bases == 60'000);
    CHECK(report.features == 65 - report.windows_left_out);
    CHECK(report.features_by_presence[0] + report.features_by_presence[1] + report.features_by_presence[2] == report.features);
    CHECK(report.features_by_presence[2] >= 5);
    CHECK(report.reads == 10);

    const auto source = read_fasta(folder / "set/source.fa");
    const auto target = read_fasta(folder / "set/target.fa");
    for (const auto& row : read_table(folder / "set/blocks.tsv")) {
        REQUIRE(row.size() == 7);
        const std::size_t length = std::stoul(row[2]) - std::stoul(row[1]);
        std::string before = source.at(row[0]).substr(std::stoul(row[1]), length);
        if (row[6] == "-") before = reverse_complement(before);
        const std::string after = target.at(row[3]).substr(std::stoul(row[4]), length);
        REQUIRE(before.size() == after.size());
        CHECK(std::inner_product(before.begin(), before.end(), after.begin(), 0, std::plus<>(), std::not_equal_to<>()) * 10 <= std::ssize(before) + 10);
    }
    const auto features = read_fasta(folder / "set/features.fa");
    const auto truth = read_table(folder / "set/truth.tsv");
    CHECK(features.size() == truth.size());
    for (const auto& row : truth) {
        REQUIRE(row.size() == 8);
        CHECK(features.contains(row[0]));
        if (row[5] == "present") CHECK(std::stoul(row[3]) <= target.at(row[1]).size());
    }
}

TEST_CASE("the same options and seed give the same bytes, another seed others", "[simulate]") {
    const TemporaryFolder folder;
    SimulateOptions options = small_set();
    const SimulateReport first = simulate(options, folder / "a");
    const SimulateReport second = simulate(options, folder / "b");
    REQUIRE(first.files.size() == second.files.size());
    std::string all;
    for (std::size_t i = 0; i < first.files.size(); ++i) {
        CHECK(content_of(first.files[i]) == content_of(second.files[i]));
        all += content_of(first.files[i]);
    }
    options.seed = 22;
    CHECK(content_of(simulate(options, folder / "c").files[0]) != content_of(first.files[0]));
    // A change of this number changes every simulated set: published seeds then mean other sets.
    CHECK(checksum(all) == 14729079256417312663u);
}

TEST_CASE("parts of a set do not disturb each other", "[simulate]") {
    const TemporaryFolder folder;
    SimulateOptions options = small_set();
    simulate(options, folder / "a");
    options.windows.each = {10};
    options.absent = 0;
    options.reads.count = 3;
    simulate(options, folder / "b");
    CHECK(content_of(folder / "a/target.fa") == content_of(folder / "b/target.fa"));
    CHECK(content_of(folder / "a/reads.fq").starts_with(content_of(folder / "b/reads.fq")));
}

TEST_CASE("features of an annotation keep their names, and lines of one ID are told apart", "[simulate]") {
    const TemporaryFolder folder;
    const std::string genome_path = folder.file("g.fa", ">c1\n" + genome({2'000})[0].sequence + "\n");
    SimulateOptions options;
    options.genome = genome_path;
    options.annotation = folder.file("a.gff3",
                                     "##gff-version 3\nc1\t.\tgene\t101\t400\t.\t+\t.\tID=g1\nc1\t.\tCDS\t101\t200\t.\t-\t0\tID=cds1\n"
                                     "c1\t.\tCDS\t301\t400\t.\t-\t0\tID=cds1\nc1\t.\tCDS\t411\t420\t.\t-\t0\tID=short\nc1\t.\texon\t501\t600\t.\t+\t.\tParent=g1\n");
    options.kinds = {"gene", "CDS", "exon"};
    options.events.count = 0;
    options.mutations.divergence = 0;
    const SimulateReport report = simulate(options, folder / "set");
    CHECK(report.annotation_left_out == 1);
    CHECK(content_of(folder / "set/truth.tsv") ==
          "g1\tc1\t100\t400\t+\tpresent\t1.0000\t.\ncds1\tc1\t100\t200\t-\tpresent\t1.0000\t.\n"
          "cds1.2\tc1\t300\t400\t-\tpresent\t1.0000\t.\nexon_c1_501\tc1\t500\t600\t+\tpresent\t1.0000\t.\n");
    CHECK(report.files.size() == 4);
}

TEST_CASE("a set that fails leaves nothing, and says why", "[simulate]") {
    const TemporaryFolder folder;
    const std::string genome_path = folder.file("g.fa", ">c1\n" + genome({2'000})[0].sequence + "\n");
    struct Row {
        const char* line;
        const char* problem;
    };
    const Row rows[] = {
        {"c2\t.\tgene\t1\t100\t.\t+\t.\tID=g", "sequence 'c2' is not in "},
        {"c1\t.\tgene\t1\t2001\t.\t+\t.\tID=g", "the feature ends at base 2001, but c1 has only 2000 bases"},
        {"c1\t.\tgene\t1\t100\t.\t+\t.\tID=g\nc1\t.\tgene\t1\t100\t.\t+\t.\tID=g\nc1\t.\tgene\t1\t100\t.\t+\t.\tID=g.2", "two features are named 'g.2'"},
    };
    for (const Row& row : rows) {
        SimulateOptions options;
        options.genome = genome_path;
        options.annotation = folder.file("a.gff3", std::string(row.line) + "\n");
        CHECK_THROWS_WITH(simulate(options, folder / "set"), Catch::Contains(row.problem));
        CHECK(std::filesystem::is_empty(folder / "set"));
    }
    SimulateOptions comma;
    comma.genome = folder.file("comma.fa", ">c,1\nACGT\n");
    CHECK_THROWS_WITH(simulate(comma, folder / "set"), Catch::Contains("has a comma"));
}

TEST_CASE("every fault of the options is told at once", "[simulate]") {
    SimulateOptions options;
    options.mutations.divergence = 0.7;
    options.events.count = -1;
    options.windows.sizes = {3};
    options.reads.kind = "sanger";
    CHECK(options.problems().size() == 5);   // and no genome
    options.genome = "x.fa";
    options.random.emplace();
    CHECK(options.problems().front() == "--genome and --random exclude each other");
    CHECK_THROWS_AS(simulate(options, "nowhere"), UsageError);
    CHECK_FALSE(std::filesystem::exists("nowhere"));
}
