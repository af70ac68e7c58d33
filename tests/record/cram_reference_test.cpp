#include "weft/record/cram_reference.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "support/example_alignments.hpp"
#include "support/temporary_folder.hpp"

using namespace weft;
using namespace weft::test;
using Catch::Matchers::Contains;

TEST_CASE("the reference for HTSlib has the letters of the contigs that are asked for, where its index says", "[record]") {
    const TemporaryFolder folder;
    const ExampleReference reference = random_reference(27, 3, 1'500'000);   // longer than what is copied at a time
    RecordContext context;
    context.contigs = reference.header().contigs;
    context.letters = reference.letters();
    {
        CramReference made(context, folder.path().string());
        made.provide(2);
        made.provide(-1);   // of an unmapped record
        const std::string content = content_of(made.name());
        const std::vector<std::string> lines = lines_of(made.name() + ".fai");
        REQUIRE(lines.size() == 3);
        for (const std::size_t contig : {std::size_t{0}, std::size_t{2}}) {
            const std::vector<std::string> columns = columns_of(lines[contig]);
            CHECK(columns.at(0) == reference.contigs[contig].name);
            CHECK(columns.at(1) == "1500000");
            std::string expected = reference.contigs[contig].sequence;
            std::transform(expected.begin(), expected.end(), expected.begin(), [](char c) { return static_cast<char>(c & ~0x20); });
            if (contig == 0) expected.assign(expected.size(), '\0');   // never asked for
            CHECK(content.substr(std::stoul(columns.at(2)), 1'500'000) == expected);
        }
        made.forget_names();
        CHECK(folder.entries() == 0);
        made.provide(0);
    }
    CHECK(folder.entries() == 0);
}

TEST_CASE("CRAM is written against our own letters, whatever lies beside the output", "[record]") {
    const TemporaryFolder folder;
    const ExampleReference reference = random_reference(25, 40, 3'000);
    const ExampleRun run = random_run(reference, 26, 400);   // contigs in no order, so that they are provided one by one
    write_run(folder / "out.cram", {.format = OutputFormat::cram}, reference, run);
    CHECK(folder.entries() == 1);   // no FASTA, no .fai
    CHECK_THAT(header_of(folder / "out.cram"), !Contains("UR:"));
    write_run(folder / "out.sam", {}, reference, run);
    const TemporaryFolder elsewhere;
    const std::string fasta = reference.write_fasta(elsewhere / "ref.fa");
    CHECK(records_of(folder / "out.cram", fasta) == lines_of(folder / "out.sam", true));
    // Bases that equal the reference are not in the file: with another reference they come out wrong, or not at all.
    ExampleReference other = reference;
    for (ReferenceContig& contig : other.contigs) std::rotate(contig.sequence.begin(), contig.sequence.begin() + 1, contig.sequence.end());
    CHECK_THROWS(records_of(folder / "out.cram", other.write_fasta(elsewhere / "other.fa")));
    CHECK_THROWS_WITH(AlignmentWriter(folder / "x.cram", {.format = OutputFormat::cram}, {.contigs = {{"c", 10, ""}}}, {}), Contains("MD5"));
}
