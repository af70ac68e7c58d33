#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>

#include "support/example_alignments.hpp"
#include "support/temporary_folder.hpp"
#include "weft/bytes/hts_handle.hpp"
#include "weft/model/error.hpp"

using namespace weft;
using namespace weft::test;

namespace {

OutputOptions options_of(const std::string& path, bool sort) { return {.format = format_of_path(path).value(), .sort = sort}; }

// The order that samtools documents: contig, position, strand, else as it was; no place last.
std::vector<std::string> sorted(std::vector<std::string> lines, const ExampleReference& reference) {
    const auto key = [&reference](const std::string& line) {
        const std::vector<std::string> columns = columns_of(line);
        std::size_t contig = 0;
        while (contig < reference.contigs.size() && reference.contigs[contig].name != columns[2]) ++contig;
        return std::tuple(contig, std::stol(columns[3]), (std::stol(columns[1]) & 16) != 0);
    };
    std::stable_sort(lines.begin(), lines.end(), [&](const std::string& a, const std::string& b) { return key(a) < key(b); });
    return lines;
}

}  // namespace

TEST_CASE("sorted output holds the same records in order, in memory or spilled", "[record]") {
    const TemporaryFolder folder;
    const ExampleReference reference = random_reference(3, 4, 20'000);
    const ExampleRun run = random_run(reference, 4, 400);
    const std::string fasta = reference.write_fasta(folder / "ref.fa");
    write_run(folder / "out.sam", {}, reference, run);
    const std::vector<std::string> expected = sorted(lines_of(folder / "out.sam", true), reference);
    for (const std::string name : {"out.bam", "out.cram"}) {
        const std::string path = folder / name;
        OutputOptions options = options_of(name, true);
        write_run(path, options, reference, run);
        CHECK(records_of(path, name == "out.cram" ? fasta : "") == expected);
        CHECK(header_of(path).find("SO:coordinate") != std::string::npos);
        const std::string in_memory = content_of(path);
        if (name == "out.cram") CHECK(in_memory.starts_with(std::string("CRAM\3\0", 6)));   // the version that docs/output.md names
        const std::string index = path + (name == "out.cram" ? ".crai" : ".bai");
        const std::string index_in_memory = content_of(index);
        for (const std::int64_t memory : {1, 50'000, 5'000'000}) {   // a run per record and merging in passes, several runs, one run
            options.sort_memory = memory;
            write_run(path, options, reference, run);
            CHECK(content_of(path) == in_memory);
            CHECK(content_of(index) == index_in_memory);
        }
    }
    CHECK(folder.entries() == 7);   // FASTA and its index by HTSlib, SAM, BAM and BAI, CRAM and CRAI: no temporary file
}

TEST_CASE("samtools sort agrees, ties included", "[record]") {
    if (!installed("samtools")) {
        WARN("samtools is not installed: skipped");
        return;
    }
    const TemporaryFolder folder;
    const ExampleReference reference = random_reference(5, 2, 5'000);   // few places, many ties
    const ExampleRun run = random_run(reference, 6, 300);
    write_run(folder / "plain.bam", {.format = OutputFormat::bam}, reference, run);
    write_run(folder / "sorted.bam", {.format = OutputFormat::bam, .sort = true}, reference, run);
    output_of("samtools sort --no-PG -o " + (folder / "samtools.bam") + " " + (folder / "plain.bam") + " 2>&1");
    CHECK(records_of(folder / "sorted.bam") == records_of(folder / "samtools.bam"));
    CHECK(header_of(folder / "sorted.bam") == header_of(folder / "samtools.bam"));
}

TEST_CASE("the index finds what lies in a region", "[record]") {
    const TemporaryFolder folder;
    const ExampleReference reference = random_reference(7, 3, 100'000);
    const ExampleRun run = random_run(reference, 8, 300);
    const std::string fasta = reference.write_fasta(folder / "ref.fa");
    write_run(folder / "out.sam", {}, reference, run);
    struct Row {
        const char* name;
        bool csi;
        const char* index;
    };
    for (const Row& row : {Row{"out.bam", false, ".bai"}, Row{"long.bam", true, ".csi"}, Row{"out.cram", false, ".crai"}}) {
        const std::string path = folder / row.name;
        OutputOptions options = options_of(path, true);
        options.csi_index = row.csi;
        write_run(path, options, reference, run);
        REQUIRE(std::filesystem::exists(path + row.index));
        CHECK(std::filesystem::last_write_time(path + row.index) >= std::filesystem::last_write_time(path));

        const HtsFile file(hts_open(path.c_str(), "r"));
        if (options.format == OutputFormat::cram) REQUIRE(hts_set_opt(file.get(), CRAM_OPT_REFERENCE, fasta.c_str()) == 0);
        const SamHeader header(sam_hdr_read(file.get()));
        const std::unique_ptr<hts_idx_t, void (*)(hts_idx_t*)> index(sam_index_load(file.get(), path.c_str()), hts_idx_destroy);
        REQUIRE(index);
        const BamRecord record(bam_init1());
        for (const auto& [begin, end] : {std::pair(0, 50'000), std::pair(30'100, 30'200), std::pair(0, 100'000)}) {
            const std::unique_ptr<hts_itr_t, void (*)(hts_itr_t*)> region(sam_itr_queryi(index.get(), 1, begin, end), hts_itr_destroy);
            std::size_t found = 0, there = 0;
            while (sam_itr_next(file.get(), region.get(), record.get()) >= 0) ++found;
            for (const FeatureAlignments& result : run.results)
                for (const Alignment& alignment : result.alignments)
                    if (alignment.contig == ContigId{1} && alignment.reference.begin < end && alignment.reference.end > begin) ++there;
            CHECK(found == there);
            CHECK(there > 0);
        }
    }
}

TEST_CASE("contigs beyond the reach of a BAI get a CSI", "[record]") {
    const TemporaryFolder folder;
    const auto index_of = [&](std::int64_t length) {
        const TemporaryFolder own;
        AlignmentWriter writer(own / "out.bam", {.format = OutputFormat::bam, .sort = true}, {.contigs = {{"c", length, ""}}}, {});
        writer.close();
        return std::filesystem::exists(own / "out.bam.csi") ? "csi" : std::filesystem::exists(own / "out.bam.bai") ? "bai" : "none";
    };
    CHECK(index_of(1 << 29) == std::string("bai"));
    CHECK(index_of((1 << 29) + 1) == std::string("csi"));
    CHECK(index_of(INT32_MAX) == std::string("csi"));
}

TEST_CASE("an index of the file that is replaced does not stay", "[record]") {
    const TemporaryFolder folder;
    folder.file("out.bam.csi", "old");
    const auto write = [&](bool sort) {
        AlignmentWriter writer(folder / "out.bam", {.format = OutputFormat::bam, .sort = sort}, {.contigs = {{"c", 100, ""}}}, {});
        writer.close();
    };
    CHECK(content_of(folder / "out.bam.csi") == "old");
    AlignmentWriter(folder / "out.bam", {.format = OutputFormat::bam, .sort = true}, {.contigs = {{"c", 100, ""}}}, {});
    CHECK(content_of(folder / "out.bam.csi") == "old");   // given up: nothing has been replaced
    write(false);
    CHECK(folder.entries() == 1);
    write(true);
    CHECK(folder.entries() == 2);
    CHECK(std::filesystem::exists(folder / "out.bam.bai"));
}

TEST_CASE("a sort that is stopped or fails leaves nothing behind", "[record]") {
    const TemporaryFolder folder;
    const ExampleReference reference = random_reference(9, 1, 5'000);
    const ExampleRun run = random_run(reference, 10, 1'500);
    folder.file("out.bam", "old");
    for (const std::int64_t memory : {1'000, 1'000'000'000}) {
        AlignmentWriter writer(folder / "out.bam", {.format = OutputFormat::bam, .sort = true, .sort_memory = memory}, reference.header(),
                               reference.letters());
        EncodedRecords records;
        writer.encode(run.features, run.results, records);
        for (std::size_t i = 0; i < run.features.size(); ++i) writer.write(records, i);
        const std::atomic<bool> stop{true};
        CHECK_THROWS_AS(writer.close(&stop), Cancelled);
    }
    CHECK(content_of(folder / "out.bam") == "old");
    CHECK(folder.entries() == 1);
}
