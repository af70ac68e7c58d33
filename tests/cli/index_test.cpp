// weft index as a user runs it: an index beside the FASTA, a summary, and nothing overwritten or left behind by mistake.
#include <filesystem>

#include <catch2/catch.hpp>

#include "support/compressed.hpp"
#include "support/run_program.hpp"
#include "support/small_genome.hpp"
#include "support/temporary_folder.hpp"

using namespace weft::test;
using Catch::Matchers::Contains;

namespace {

Outcome index(const TemporaryFolder& folder, std::vector<std::string> more) {
    more.insert(more.begin(), "index");
    return run(weft_in(folder.path(), more));
}

}  // namespace

TEST_CASE("an index appears beside its FASTA and is told in a summary", "[cli]") {
    const TemporaryFolder folder;
    folder.file("g.fa.gz", bgzf(SmallGenome(0, 20'000).fasta()));
    const Outcome outcome = index(folder, {"g.fa.gz"});
    CHECK(outcome.exit_code == 0);
    CHECK(outcome.output.empty());
    CHECK_THAT(outcome.messages, Contains("g.fa.gz.weft") && Contains("40.0 kb in 2 contigs") && Contains("k 15, w 10") && Contains("s CPU"));
    CHECK(folder.entries() == 2);

    const Outcome quiet = index(folder, {"g.fa.gz", "-q", "-o", "other.weft"});
    CHECK(quiet.exit_code == 0);
    CHECK(quiet.messages.empty());
    CHECK(content_of(folder / "g.fa.gz.weft") == content_of(folder / "other.weft"));
}

TEST_CASE("threads, folders and pipes do not change a byte of an index", "[cli]") {
    const TemporaryFolder folder;
    const std::string fasta = SmallGenome(0, 300'000).fasta();
    std::filesystem::create_directory(folder / "deep");
    folder.file("g.fa", fasta);
    folder.file("deep/g.fa", fasta);
    REQUIRE(index(folder, {"g.fa", "-q"}).exit_code == 0);
    const std::string expected = content_of(folder / "g.fa.weft");
    for (const char* threads : {"1", "2", "7"}) {
        REQUIRE(index(folder, {"deep/g.fa", "-q", "-t", threads}).exit_code == 0);
        CHECK(content_of(folder / "deep/g.fa.weft") == expected);
    }
    CHECK(index(folder, {"g.fa", "-q", "-o", "-"}).output == expected);
    CHECK(index(folder, {"g.fa", "-q", "-k", "15", "-w", "11", "-o", "other"}).exit_code == 0);
    CHECK(content_of(folder / "other") != expected);
}

TEST_CASE("a preset gives the k and w it wants, unless they are given", "[cli]") {
    const TemporaryFolder folder;
    folder.file("g.fa", SmallGenome(0, 5'000).fasta());
    CHECK_THAT(index(folder, {"g.fa", "-x", "short"}).messages, Contains("k 11, w 5"));
    CHECK_THAT(index(folder, {"g.fa", "-x", "short", "-w", "3"}).messages, Contains("k 11, w 3") && Contains("in place of an older index"));
}

TEST_CASE("--check reads every byte", "[cli]") {
    const TemporaryFolder folder;
    folder.file("g.fa", SmallGenome(0, 20'000).fasta());
    REQUIRE(index(folder, {"g.fa", "-q"}).exit_code == 0);
    const Outcome sound = index(folder, {"--check", "g.fa.weft"});
    CHECK(sound.exit_code == 0);
    CHECK_THAT(sound.output, Contains("g.fa.weft: the index is sound") && Contains("k 15, w 10"));

    std::string content = content_of(folder / "g.fa.weft");
    content[content.size() - 9] ^= 4;
    folder.file("bad.weft", content);
    const Outcome bad = index(folder, {"--check", "bad.weft"});
    CHECK(bad.exit_code == 1);
    CHECK_THAT(bad.messages, Contains("bad.weft: index is damaged: checksum of section ENTR is") && Contains("build it again"));
    CHECK(bad.output.empty());
    const Outcome fasta = index(folder, {"--check", "g.fa"});
    CHECK(fasta.exit_code == 1);
    CHECK_THAT(fasta.messages, Contains("g.fa: not a weft index"));
}

TEST_CASE("weft index refuses with a reason and leaves nothing behind", "[cli]") {
    const TemporaryFolder folder;
    folder.file("g.fa", SmallGenome(0, 5'000).fasta());
    folder.file("twice.fa", ">a\nACGT\n>a\nACGT\n");
    folder.file("empty.fa", "");
    folder.file("notes.txt", "precious");
    folder.file("notes.weft", "precious too");
    std::filesystem::create_directory(folder / "deep");
    struct Row {
        std::vector<std::string> arguments;
        int exit_code;
        std::string message;
    };
    const std::vector<Row> rows{
        {{"missing.fa"}, 1, "missing.fa: cannot open"},
        {{"deep"}, 1, "deep"},
        {{"empty.fa"}, 1, "empty.fa: is empty"},
        {{"twice.fa"}, 1, "'a' appears a second time"},
        {{"notes.txt"}, 1, "notes.txt"},
        {{"g.fa", "-o", "g.fa"}, 2, "the output is also an input"},
        {{"g.fa", "-o", "notes.txt"}, 2, "notes.txt: exists and is no index"},
        {{"g.fa", "-o", "notes.weft"}, 2, "notes.weft: exists and is no index"},
        {{"g.fa", "-o", "nowhere/g.weft"}, 1, "nowhere/g.weft"},
        {{"g.fa", "-o", "deep"}, 1, "deep"},
        {{"g.fa", "-k", "8"}, 2, "-k"},
        {{"g.fa", "-k", "29"}, 2, "-k"},
        {{"g.fa", "-w", "0"}, 2, "-w"},
        {{"g.fa", "-w", "many"}, 2, "-w"},
        {{"g.fa", "-t", "-1"}, 2, "-t"},
        {{"g.fa", "-x", "none"}, 2, "there is no preset none"},
        {{"-"}, 2, "name the index with -o"},
        {{}, 2, "REF"},
        {{"--check", "g.fa", "-o", "x"}, 2, "--check writes no file"},
        {{"--check", "g.fa", "-k", "15"}, 2, "--check takes an index as it is"},
    };
    const std::size_t entries = folder.entries();
    for (const Row& row : rows) {
        const Outcome outcome = index(folder, row.arguments);
        INFO(row.message << "; said: " << outcome.messages);
        CHECK(outcome.exit_code == row.exit_code);
        CHECK_THAT(outcome.messages, Contains(row.message));
        CHECK(folder.entries() == entries);
    }
    CHECK(content_of(folder / "notes.txt") == "precious");
    CHECK(content_of(folder / "notes.weft") == "precious too");
}

TEST_CASE("an index that does not fit onto the disk leaves nothing behind, not even in place of an older one", "[cli]") {
    const TemporaryFolder folder;
    folder.file("g.fa", SmallGenome(0, 50'000).fasta());
    REQUIRE(index(folder, {"g.fa", "-q"}).exit_code == 0);
    const std::string before = content_of(folder / "g.fa.weft");
    Invocation invocation = weft_in(folder.path(), {"index", "g.fa", "-w", "5"});
    invocation.file_size_limit = 100'000;
    const Outcome outcome = run(invocation);
    CHECK(outcome.exit_code == 1);
    CHECK_THAT(outcome.messages, Contains("g.fa.weft: cannot write"));
    CHECK(content_of(folder / "g.fa.weft") == before);
    CHECK(folder.entries() == 2);
}
