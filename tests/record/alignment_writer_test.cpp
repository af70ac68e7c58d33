#include "weft/record/alignment_writer.hpp"

#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <set>

#include "support/example_alignments.hpp"
#include "support/temporary_folder.hpp"
#include "weft/model/error.hpp"

using namespace weft;
using namespace weft::test;
using Catch::Matchers::Contains;

namespace {

std::map<std::string, std::string> tags_of(const std::vector<std::string>& columns, std::size_t from) {
    std::map<std::string, std::string> tags;
    for (std::size_t i = from; i < columns.size(); ++i) CHECK(tags.try_emplace(columns[i].substr(0, 2), columns[i].substr(3)).second);
    return tags;
}

}  // namespace

TEST_CASE("the extension names the format", "[record]") {
    CHECK(format_of_path("a.sam") == OutputFormat::sam);
    CHECK(format_of_path("dir.paf/a.bam") == OutputFormat::bam);
    CHECK(format_of_path("a.b.cram") == OutputFormat::cram);
    CHECK(format_of_path("a.paf") == OutputFormat::paf);
    for (const char* path : {"", "-", "a", "bam", "a.bam.gz", "a.txt"}) CHECK_FALSE(format_of_path(path).has_value());
}

TEST_CASE("SAM, BAM and CRAM of the same results hold the same records", "[record]") {
    const TemporaryFolder folder;
    const ExampleReference reference = random_reference(11, 5, 10'000);
    const std::string fasta = reference.write_fasta(folder / "ref.fa");
    const ExampleRun run = random_run(reference, 12, 300);
    const OutputOptions variants[] = {
        {},
        {.md = true, .cs = CsTag::brief, .copy_comment = true, .read_group = "@RG\tID:x\tSM:y"},
        {.soft_clip_supplementary = true, .secondary_sequence = true, .copy_comment = true},
        {.cs = CsTag::full, .secondary_sequence = true},
    };
    for (OutputOptions options : variants) {
        write_run(folder / "out.sam", options, reference, run);
        const std::vector<std::string> lines = lines_of(folder / "out.sam", true);
        CHECK(records_of(folder / "out.sam") == lines);
        options.format = OutputFormat::bam;
        write_run(folder / "out.bam", options, reference, run);
        CHECK(records_of(folder / "out.bam") == lines);
        CHECK(header_of(folder / "out.bam") == header_of(folder / "out.sam"));
        options.format = OutputFormat::cram;
        write_run(folder / "out.cram", options, reference, run);
        CHECK(records_of(folder / "out.cram", fasta) == lines);
        CHECK(header_of(folder / "out.cram") == header_of(folder / "out.sam"));
    }
    // = and X, which CRAM does not store.
    write_run(folder / "out.sam", {.extended_cigar = true}, reference, run);
    write_run(folder / "out.bam", {.format = OutputFormat::bam, .extended_cigar = true}, reference, run);
    CHECK(records_of(folder / "out.bam") == lines_of(folder / "out.sam", true));
}

TEST_CASE("PAF says what SAM says", "[record]") {
    const TemporaryFolder folder;
    const ExampleReference reference = random_reference(13, 3, 10'000);
    const ExampleRun run = random_run(reference, 14, 200);
    OutputOptions options{.extended_cigar = true, .md = true, .cs = CsTag::brief, .paf_cigar = true, .copy_comment = true, .paf_no_hit = true};
    write_run(folder / "out.sam", options, reference, run);
    options.format = OutputFormat::paf;
    write_run(folder / "out.paf", options, reference, run);
    const std::vector<std::string> sam_lines = lines_of(folder / "out.sam", true), paf_lines = lines_of(folder / "out.paf");
    REQUIRE(sam_lines.size() == paf_lines.size());
    std::map<std::string, std::size_t> length;
    for (const Feature& feature : run.features) length[feature.name] = feature.sequence.size();
    for (std::size_t i = 0; i < sam_lines.size(); ++i) {
        const std::vector<std::string> sam = columns_of(sam_lines[i]), paf = columns_of(paf_lines[i]);
        INFO(paf_lines[i]);
        CHECK(paf.at(0) == sam.at(0));
        CHECK(paf.at(1) == std::to_string(length[sam[0]]));
        CHECK(paf.at(5) == sam.at(2));
        auto sam_tags = tags_of(sam, 11), paf_tags = tags_of(paf, 12);
        if (sam[2] != "*") {
            const bool reverse = std::stoi(sam[1]) & 16;
            CHECK(paf[4] == (reverse ? "-" : "+"));
            CHECK(std::stol(paf[7]) + 1 == std::stol(sam[3]));
            CHECK(paf[11] == sam[4]);
            const Cigar cigar = cigar_of(sam[5]), own = cigar_of(paf_tags.at("cg").substr(2));
            Cigar clips_off;
            for (const CigarElement& element : cigar)
                if (element.op != CigarOp::soft_clip && element.op != CigarOp::hard_clip) clips_off.push_back(element);
            CHECK(own == clips_off);
            CHECK(std::stol(paf[8]) - std::stol(paf[7]) == reference_length(own));
            CHECK(std::stol(paf[3]) - std::stol(paf[2]) == query_length(own));
            const bool left_clip = cigar.front().op == CigarOp::soft_clip || cigar.front().op == CigarOp::hard_clip;
            const std::int64_t left = left_clip ? cigar.front().length : 0;
            CHECK((reverse ? std::stol(paf[1]) - std::stol(paf[3]) : std::stol(paf[2])) == left);
        }
        sam_tags.erase("SA");
        paf_tags.erase("cg");
        CHECK(paf_tags == sam_tags);
    }
}

TEST_CASE("NM and MD are those of samtools calmd", "[record]") {
    if (!installed("samtools")) {
        WARN("samtools is not installed: skipped");
        return;
    }
    const TemporaryFolder folder;
    const ExampleReference reference = random_reference(15, 3, 10'000);
    const std::string fasta = reference.write_fasta(folder / "ref.fa");
    const ExampleRun run = random_run(reference, 16, 300);
    for (const bool extended : {false, true}) {
        write_run(folder / "out.sam", {.extended_cigar = extended, .md = true, .secondary_sequence = true}, reference, run);
        // calmd writes tags anew where they differ, and says so on standard error.
        output_of("samtools calmd --no-PG " + (folder / "out.sam") + ' ' + fasta + " >" + (folder / "calmd.sam") + " 2>" + (folder / "messages"));
        CHECK(lines_of(folder / "calmd.sam") == lines_of(folder / "out.sam"));
        CHECK_THAT(content_of(folder / "messages"), !Contains("different"));
    }
    write_run(folder / "out.bam", {.format = OutputFormat::bam, .sort = true}, reference, run);
    write_run(folder / "out.cram", {.format = OutputFormat::cram, .sort = true}, reference, run);
    output_of("samtools quickcheck -v " + (folder / "out.bam") + ' ' + (folder / "out.cram") + ' ' + (folder / "out.sam"));
}

TEST_CASE("the bytes do not depend on batches", "[record]") {
    const TemporaryFolder folder;
    const ExampleReference reference = random_reference(17, 2, 5'000);
    const ExampleRun run = random_run(reference, 18, 100);
    for (const std::string name : {"out.sam", "out.bam", "out.cram", "out.paf"}) {
        std::set<std::string> contents;
        for (const std::size_t batch : {1, 13, 1000}) {
            write_run(folder / name, {.format = *format_of_path(name)}, reference, run, batch);
            contents.insert(content_of(folder / name));
        }
        INFO(name);
        CHECK(contents.size() == 1);
    }
}

TEST_CASE("an empty run is a valid file", "[record]") {
    const TemporaryFolder folder;
    const ExampleReference reference = random_reference(19, 2, 1'000);
    const std::string fasta = reference.write_fasta(folder / "ref.fa");
    for (const bool sort : {false, true}) {
        write_run(folder / "out.bam", {.format = OutputFormat::bam, .sort = sort}, reference, {});
        write_run(folder / "out.cram", {.format = OutputFormat::cram, .sort = sort}, reference, {});
        CHECK(records_of(folder / "out.bam").empty());
        CHECK(records_of(folder / "out.cram", fasta).empty());
    }
}

TEST_CASE("options and formats that do not go together are refused before anything is written", "[record]") {
    const TemporaryFolder folder;
    const auto open = [&](const OutputOptions& options, const OutputHeader& header = {}) {
        AlignmentWriter writer(folder / "out", options, header, {});
    };
    CHECK_THROWS_AS(open({.format = OutputFormat::sam, .sort = true}), UsageError);
    CHECK_THROWS_AS(open({.format = OutputFormat::paf, .sort = true}), UsageError);
    CHECK_THROWS_AS(open({.format = OutputFormat::bam, .sort = true, .sort_memory = 0}), UsageError);
    CHECK_THROWS_AS(open({.format = OutputFormat::bam, .compression_level = 10}), UsageError);
    CHECK_THROWS_AS(open({.format = OutputFormat::cram, .extended_cigar = true}), UsageError);
    CHECK_THROWS_AS(open({.read_group = "@RG SM:x"}), UsageError);
    const OutputHeader huge{.contigs = {{"c", std::int64_t{1} << 31, std::string(32, '0')}}};
    CHECK_THROWS_WITH(open({.format = OutputFormat::bam}, huge), Contains("contig c") && Contains("2147483647"));
    CHECK_THROWS_WITH(open({.format = OutputFormat::cram}, huge), Contains("contig c"));
    CHECK_NOTHROW(open({.format = OutputFormat::sam}, huge));
    CHECK_NOTHROW(open({.format = OutputFormat::paf}, huge));
    CHECK(folder.entries() == 0);
}

TEST_CASE("an output that is given up leaves the old file and nothing else", "[record]") {
    const TemporaryFolder folder;
    const ExampleReference reference = random_reference(21, 2, 2'000);
    ExampleRun run = random_run(reference, 22, 50);
    for (const std::string name : {"out.sam", "out.bam", "out.cram", "out.paf"})
        for (const bool sort : {false, true}) {
            OutputOptions options{.format = *format_of_path(name), .sort = sort, .sort_memory = 1'000};
            if (sort && (name == "out.sam" || name == "out.paf")) continue;
            const std::string path = folder.file(name, "old");
            {
                AlignmentWriter writer(path, options, reference.header(), reference.letters());
                EncodedRecords records;
                writer.encode(run.features, run.results, records);
                for (std::size_t i = 0; i < 20; ++i) writer.write(records, i);
            }
            CHECK(content_of(path) == "old");
            std::filesystem::remove(path);
            CHECK(folder.entries() == 0);
        }
}

TEST_CASE("a place that cannot be written is named before the work starts", "[record]") {
    const TemporaryFolder folder;
    for (const std::string name : {"out.sam", "out.bam", "out.cram", "out.paf"}) {
        const OutputOptions options{.format = *format_of_path(name)};
        CHECK_THROWS_WITH(AlignmentWriter(folder / ("missing/" + name), options, {}, {}), Contains("missing"));
        CHECK_THROWS_AS(AlignmentWriter(folder.path().string(), options, {}, {}), SystemError);
    }
    // The place of the index counts too.
    std::filesystem::create_directory(folder / "out.bam.bai");
    CHECK_THROWS_WITH(AlignmentWriter(folder / "out.bam", {.format = OutputFormat::bam, .sort = true}, {}, {}), Contains("out.bam.bai"));
    CHECK(folder.entries() == 1);
}

TEST_CASE("a full disk is an error at the latest on close", "[record]") {
    if (!std::filesystem::exists("/dev/full")) {
        WARN("there is no /dev/full: skipped");
        return;
    }
    const ExampleReference reference = random_reference(23, 2, 2'000);
    for (const OutputFormat format : {OutputFormat::sam, OutputFormat::bam, OutputFormat::cram, OutputFormat::paf})
        for (const int features : {1, 2'000}) {   // fails on close, fails on the way
            const ExampleRun run = random_run(reference, 24, features);
            CHECK_THROWS_WITH(write_run("/dev/full", {.format = format, .paf_no_hit = true}, reference, run), Contains("No space left"));
        }
}
