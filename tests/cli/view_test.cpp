// weft view as a user runs it.
#include <catch2/catch.hpp>

#include "support/run_program.hpp"
#include "support/small_genome.hpp"
#include "support/temporary_folder.hpp"

using namespace weft::test;
using Catch::Matchers::Contains;

namespace {

constexpr char fasta[] = ">c1\nTTTTTACGTACGTAAGGCCTTACGTACGTTTTTT\n>c2\nGGGGGGGGGGGGGGGGGGGG\n";
constexpr char head[] = "@HD\tVN:1.6\n@SQ\tSN:c1\tLN:34\n@SQ\tSN:c2\tLN:20\n";

// gene1 has a substitution, an insertion and clipped ends; its secondary record has no sequence.
struct Files {
    TemporaryFolder folder{};
    Files() {
        folder.file("g.fa", fasta);
        folder.file("q.fa", ">gene1\nCCACGTTCGTAAAGGCCTTAC\n>gene2\nAAAAAACG\n");
        folder.file("a.sam", std::string(head) + "gene1\t0\tc1\t6\t60\t2S8M2I9M\t*\t0\t0\tCCACGTTCGTAAAAGGCCTTA\t*\tAS:i:20\tNM:i:3\n"
                                                 "gene1\t256\tc1\t22\t0\t2S7M12S\t*\t0\t0\t*\t*\n"
                                                 "gene2\t16\tc1\t27\t7\t8M\t*\t0\t0\tCGTTTTTT\t*\nlost\t4\t*\t0\t0\t*\t*\t0\t0\tACGT\t*\n");
        folder.file("a.paf", "gene1\t21\t2\t21\t+\tc1\t34\t5\t22\t16\t19\t60\ttp:A:P\tcg:Z:8M2I9M\n");
        folder.file("cs.paf", "gene1\t21\t2\t21\t+\tc1\t34\t5\t22\t16\t19\t60\ttp:A:P\tcs:Z::4*at:3+aa:9\n");
        folder.file("bare.paf", "gene1\t21\t2\t21\t+\tc1\t34\t5\t22\t16\t19\t60\ttp:A:P\n");
    }
    Outcome view(std::vector<std::string> more, const std::map<std::string, std::string>& environment = {}) const {
        more.insert(more.begin(), "view");
        Invocation invocation = weft_in(folder.path(), more);
        invocation.environment = environment;
        return run(invocation);
    }
};

constexpr char gene1[] =
    "gene1  primary  c1:6-22 +  MAPQ 60  AS 20  identity 84.21 %\n"
    "  16 matches, 1 mismatch, 1 insertion (2 bases); query 3-21 of 21\n"
    "\n"
    "c1     6 ACGTACGT--AAGGCCTTA 22\n"
    "         ||||*|||  |||||||||\n"
    "gene1  3 ACGTTCGTAAAAGGCCTTA 21\n"
    "\n";
constexpr char gene1_secondary[] =
    "gene1  secondary  c1:22-28 +  MAPQ 0  identity 85.71 %\n"
    "  6 matches, 1 mismatch; query 3-9 of 21\n"
    "\n"
    "c1    22 ACGTACG 28\n"
    "         ||||*||\n"
    "gene1  3 ACGTTCG 9\n"
    "\n";
constexpr char gene2[] =
    "gene2  primary  c1:27-34 -  MAPQ 7  identity 100.00 %\n"
    "  8 matches; query 1-8 of 8\n"
    "\n"
    "c1    27 CGTTTTTT 34\n"
    "         ||||||||\n"
    "gene2  8 CGTTTTTT 1\n"
    "\n";

}  // namespace

TEST_CASE("a query, a region or everything is shown base by base", "[cli]") {
    const Files files;
    REQUIRE(run(weft_in(files.folder.path(), {"index", "-q", "g.fa", "-o", "g.weft"})).exit_code == 0);
    for (const char* reference : {"g.fa", "g.weft"}) {
        INFO(reference);
        CHECK(files.view({"a.sam", reference, "gene1"}).output == std::string(gene1) + gene1_secondary);
        CHECK(files.view({"a.sam", reference, "c1:28-29"}).output == std::string(gene1_secondary) + gene2);
        CHECK(files.view({"a.sam", reference, "--region", "c1:1-6"}).output == gene1);
        CHECK(files.view({"a.sam", reference, "--name", "gene2"}).output == gene2);
        CHECK(files.view({"a.sam", reference, "c1"}).output == std::string(gene1) + gene1_secondary + gene2);
        CHECK(files.view({"a.sam", reference}).output == std::string(gene1) + gene1_secondary + gene2);
        CHECK(files.view({"a.sam", reference, "--most", "1"}).output == gene1);
    }
    CHECK(files.view({"a.sam", "g.fa", "gene1"}).exit_code == 0);
    CHECK(files.view({"a.sam", "g.fa", "gene1"}).messages.empty());
}

TEST_CASE("all of a sorted file is shown with its bases, though secondaries lie apart from their primaries", "[cli]") {
    const TemporaryFolder folder;
    const SmallGenome data{40};
    const std::string copy = data.contigs[0].substr(10'000, 900);
    folder.file("g.fa", ">chr1\n" + data.contigs[0] + copy + "\n>chr2\n" + copy + data.contigs[1] + copy + "\n");
    folder.file("q.fa", data.features_fasta() + ">copy\n" + copy + "\n");
    REQUIRE(run(weft_in(folder.path(), {"align", "g.fa", "q.fa", "-q", "--sort", "-o", "sorted.bam"})).exit_code == 0);
    REQUIRE(run(weft_in(folder.path(), {"align", "g.fa", "q.fa", "-q", "-o", "plain.sam"})).exit_code == 0);
    const Outcome sorted = run(weft_in(folder.path(), {"view", "sorted.bam", "g.fa"}));
    const Outcome plain = run(weft_in(folder.path(), {"view", "plain.sam", "g.fa"}));
    CHECK(sorted.messages.empty());
    CHECK(sorted.exit_code == 0);
    CHECK_THAT(sorted.output, Contains("copy  secondary"));
    CHECK(sorted.output.size() == plain.output.size());   // the same alignments in another order
}

TEST_CASE("PAF is shown with the queries' file, or with cs", "[cli]") {
    const Files files;
    std::string plain = gene1;
    plain.erase(plain.find("  AS 20"), 7);
    CHECK(files.view({"cs.paf", "g.fa", "gene1"}).output == plain);
    files.folder.file("q.fa", ">gene1\nCCACGTTCGTAAAAGGCCTTA\n");
    CHECK(files.view({"a.paf", "g.fa", "gene1", "--query", "q.fa"}).output == plain);

    const Outcome without_query = files.view({"a.paf", "g.fa", "gene1"});
    CHECK(without_query.exit_code == 1);
    CHECK_THAT(without_query.output, Contains("gene1  c1:6-22 +") && Contains("the file does not have the bases of this query"));
    CHECK_THAT(without_query.messages, Contains("give the file that was aligned with --query"));
    const Outcome without_cigar = files.view({"bare.paf", "g.fa", "gene1", "--query", "q.fa"});
    CHECK(without_cigar.exit_code == 1);
    CHECK_THAT(without_cigar.messages, Contains("neither a CIGAR nor a cg or cs tag; align again with -c or --cs"));
}

TEST_CASE("colours follow --color, the terminal and NO_COLOR", "[cli]") {
    const Files files;
    const auto colored = [](const Outcome& outcome) { return outcome.output.find("\x1b[1;31m") != std::string::npos; };
    CHECK_FALSE(colored(files.view({"a.sam", "g.fa", "gene1"})));   // a pipe
    CHECK(colored(files.view({"a.sam", "g.fa", "gene1", "--color", "always"})));
    CHECK(colored(files.view({"a.sam", "g.fa", "gene1", "--color", "always"}, {{"NO_COLOR", "1"}})));   // asked for by name
    CHECK_FALSE(colored(files.view({"a.sam", "g.fa", "gene1", "--color", "never"})));
    CHECK_THAT(files.view({"a.sam", "g.fa", "gene1", "--color", "always"}).output, Contains("mismatch") && Contains("insertion") && Contains("deletion"));
}

TEST_CASE("the width and the folding of lines can be chosen", "[cli]") {
    const Files files;
    CHECK_THAT(files.view({"a.sam", "g.fa", "gene1", "--width", "40"}).output, Contains("c1     6 ACGTACGT--AAGGCCTTA 22"));
    files.folder.file("g.fa", ">c1\n" + std::string(300, 'A') + "\n");
    files.folder.file("a.sam", "@SQ\tSN:c1\tLN:300\nlong\t0\tc1\t1\t60\t300M\t*\t0\t0\t" + std::string(300, 'A') + "\t*\n");
    CHECK_THAT(files.view({"a.sam", "g.fa", "--fold"}).output, Contains("... 260 identical bases ..."));
    CHECK_THAT(files.view({"a.sam", "g.fa", "--width", "110"}).output, Contains("c1     1 " + std::string(90, 'A') + " 90\n"));
}

TEST_CASE("what cannot be shown is told in one line", "[cli]") {
    const Files files;
    files.folder.file("other.fa", ">c9\nACGTACGTACGTACGTACGTACGTACGTACGTACGT\n");
    files.folder.file("short.fa", ">c1\nACGTACGT\n>c2\nACGT\n");
    struct Row {
        std::vector<std::string> arguments;
        int exit_code;
        std::string expected;
    };
    const Row rows[] = {
        {{}, 2, "ALIGNMENTS is missing"},
        {{"a.sam"}, 2, "REF is missing"},
        {{"a.sam", "g.fa", "gene"}, 2, "a.sam: no query is named 'gene'; did you mean gene1 or gene2?"},
        {{"a.sam", "g.fa", "lost"}, 1, "'lost' is in the file, but not aligned"},
        {{"a.sam", "g.fa", "c2"}, 1, "no alignment overlaps c2:1-20"},
        {{"a.sam", "g.fa", "c2:0-9"}, 2, "c2:0-9: the range does not lie within c2, which has the positions 1 to 20"},
        {{"a.sam", "g.fa", "--region", "gene1"}, 2, "--region: 'gene1' does not begin with a contig of g.fa"},
        {{"a.sam", "g.fa", "gene1", "--name", "gene2"}, 2, "more than one of WHAT, --name and --region"},
        {{"a.sam", "g.fa", "gene1", "--color", "red"}, 2, "--color: 'red' is unknown; give auto, always or never"},
        {{"a.sam", "g.fa", "gene1", "--width", "3"}, 2, "3 is too small; give at least 40"},
        {{"a.sam", "other.fa", "gene1"}, 1, "other.fa: has no contig 'c1'; give the reference that the alignments were made with"},
        {{"a.sam", "short.fa", "gene1"}, 1, "short.fa: contig 'c1' has 8 bases, an alignment lies at 6-22"},
        {{"none.sam", "g.fa", "gene1"}, 1, "none.sam: cannot open"},
        {{"g.fa", "g.fa", "gene1"}, 1, "g.fa: holds sequences, not alignments"},
        {{"a.sam", "a.sam", "gene1"}, 1, "a.sam"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.arguments);
        const Outcome outcome = files.view(row.arguments);
        CHECK(outcome.exit_code == row.exit_code);
        CHECK(outcome.output.empty());
        CHECK_THAT(outcome.messages, Contains(row.expected));
    }
}
