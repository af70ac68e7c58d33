#include "weft/record/alignment_copy.hpp"

#include <catch2/catch.hpp>
#include <cstring>
#include <filesystem>
#include <functional>

#include "support/compressed.hpp"
#include "support/example_alignments.hpp"
#include "support/temporary_folder.hpp"
#include "weft/bytes/hts_handle.hpp"
#include "weft/model/error.hpp"
#include "weft/record/alignment_reader.hpp"

using namespace weft;
using namespace weft::test;
using Catch::Matchers::Contains;
using Lines = std::vector<std::string>;

namespace {

/// Copies the records whose rank passes; how many there were.
std::size_t copy_some(const std::string& input, const std::string& output, OutputFormat format, const std::function<bool(std::size_t)>& passes,
                      const std::string& reference = "") {
    std::filesystem::remove(output);
    AlignmentCopy copy(input, reference, output, format);
    std::size_t count = 0;
    for (; copy.next(); ++count)
        if (passes(count)) copy.keep();
    CHECK_FALSE(copy.next());
    CHECK_FALSE(std::filesystem::exists(output));
    copy.close();
    return count;
}

bool third(std::size_t i) { return i % 3 == 0; }
bool all(std::size_t) { return true; }

Lines every_third(const Lines& lines) {
    Lines chosen;
    for (std::size_t i = 0; i < lines.size(); i += 3) chosen.push_back(lines[i]);
    return chosen;
}

/// The records of a file in memory, byte for byte: fixed part and the rest.
Lines raw_records_of(const std::string& path) {
    const HtsFile file(hts_open(path.c_str(), "r"));
    const SamHeader header(sam_hdr_read(file.get()));
    const BamRecord record(bam_init1());
    Lines records;
    while (sam_read1(file.get(), header.get(), record.get()) >= 0) {
        const bam1_core_t& core = record->core;
        std::string bytes;
        for (const std::int64_t number : {std::int64_t{core.pos}, std::int64_t{core.mpos}, std::int64_t{core.isize}, std::int64_t{core.tid}, std::int64_t{core.mtid},
                                          std::int64_t{core.flag}, std::int64_t{core.qual}, std::int64_t{core.n_cigar}, std::int64_t{core.l_qseq}})
            bytes += std::to_string(number) + " ";
        records.push_back(bytes + std::string(reinterpret_cast<const char*>(record->data), static_cast<std::size_t>(record->l_data)));
    }
    return records;
}

/// The header without the lines of programs, which every writer adds.
Lines header_lines_of(const std::string& path) {
    Lines lines;
    std::string text = header_of(path);
    for (std::size_t at; (at = text.find('\n')) != std::string::npos; text.erase(0, at + 1))
        if (!text.starts_with("@PG")) lines.push_back(text.substr(0, at));
    return lines;
}

struct Example {
    TemporaryFolder folder{};
    ExampleReference reference = random_reference(31, 3, 6'000);
    ExampleRun run = random_run(reference, 32, 200);

    std::string written(const std::string& name, OutputOptions options = {}) const {
        options.format = *format_of_path(name);
        write_run(folder / name, options, reference, run);
        return folder / name;
    }
};

}  // namespace

TEST_CASE("kept SAM lines are copied byte for byte, with the header", "[record]") {
    const Example example;
    const std::string input = example.written("in.sam", {.md = true, .cs = CsTag::brief});
    const std::string output = example.folder / "out.sam";
    const Lines lines = lines_of(input, true);
    CHECK(copy_some(input, output, OutputFormat::sam, third) == lines.size());
    CHECK(lines_of(output, true) == every_third(lines));
    CHECK(header_lines_of(output) == header_lines_of(input));
    copy_some(input, output, OutputFormat::sam, [](std::size_t) { return false; });
    CHECK(lines_of(output, true).empty());
    CHECK(header_lines_of(output) == header_lines_of(input));
}

TEST_CASE("SAM of other programs is copied with whatever it holds", "[record]") {
    const TemporaryFolder folder;
    const Lines records{"a\t99\tc1\t101\t60\t4M\t=\t201\t104\tACGT\t!~IJ\tXX:Z:any thing\tYY:B:s,-1,2\tZZ:A:!\tff:f:0.25",
                        "a\t147\tc1\t201\t60\t2S2M\t=\t101\t-104\tACGT\t*\tXI:i:-70000",
                        "b\t4\t*\t0\t0\t*\t*\t0\t0\t*\t*",
                        "c\t2064\tc1\t5\t255\t3H2=1X1D3I\t*\t0\t0\tACGTNR\t*\tSA:Z:c1,5,+,4M,60,0;"};
    std::string text = "@HD\tVN:1.6\tGO:query\n@SQ\tSN:c1\tLN:1000\tM5:d41d8cd98f00b204e9800998ecf8427e\n@RG\tID:g\tSM:s\n@CO\tby hand\n";
    for (const std::string& record : records) text += record + "\n";
    const std::string input = folder.file("in.sam", text);
    copy_some(input, folder / "out.sam", OutputFormat::sam, all);
    CHECK(lines_of(folder / "out.sam", true) == records);
    CHECK_THAT(header_of(folder / "out.sam"), Contains("GO:query") && Contains("@RG\tID:g\tSM:s") && Contains("@CO\tby hand") && Contains("M5:d41d8"));
    copy_some(input, folder / "out.bam", OutputFormat::bam, all);
    CHECK(records_of(folder / "out.bam") == records);
    copy_some(folder / "out.bam", folder / "back.sam", OutputFormat::sam, all);
    CHECK(lines_of(folder / "back.sam", true) == records);
}

TEST_CASE("kept BAM records are copied byte for byte", "[record]") {
    const Example example;
    const std::string input = example.written("in.bam");
    const Lines raw = raw_records_of(input);
    CHECK(copy_some(input, example.folder / "out.bam", OutputFormat::bam, third) == raw.size());
    CHECK(raw_records_of(example.folder / "out.bam") == every_third(raw));
    CHECK(header_lines_of(example.folder / "out.bam") == header_lines_of(input));
    CHECK(example.folder.entries() == 2);   // not sorted: no index
    copy_some(input, example.folder / "out.sam", OutputFormat::sam, all);
    CHECK(lines_of(example.folder / "out.sam", true) == records_of(input));
}

TEST_CASE("kept PAF lines are copied byte for byte", "[record]") {
    const Example example;
    const std::string input = example.written("in.paf", {.cs = CsTag::full, .paf_cigar = true, .paf_no_hit = true});
    const Lines lines = lines_of(input);
    CHECK(copy_some(input, example.folder / "out.paf", OutputFormat::paf, third) == lines.size());
    CHECK(lines_of(example.folder / "out.paf") == every_third(lines));
    const std::string packed = example.folder.file("in.gz", test::gzip(lines[0] + "\n\n" + lines[1]));
    CHECK(copy_some(packed, example.folder / "out.paf", OutputFormat::paf, all) == 2);
    CHECK(lines_of(example.folder / "out.paf") == Lines{lines[0], lines[1]});
}

TEST_CASE("a copy of a BAM that is sorted by place gets an index that finds its records", "[record]") {
    const Example example;
    const std::string input = example.written("in.bam", {.sort = true});
    const std::string output = example.folder / "out.bam";
    copy_some(input, output, OutputFormat::bam, third);
    REQUIRE(std::filesystem::exists(output + ".bai"));
    CHECK_FALSE(std::filesystem::exists(output + ".csi"));
    const Lines chosen = every_third(records_of(input));
    Lines in_c2;
    for (const std::string& line : chosen)
        if (columns_of(line)[2] == "c2" && columns_of(line)[5] != "*") in_c2.push_back(columns_of(line)[0]);
    AlignmentReader reader(output);
    reader.restrict_to("c2", {0, 6'000});
    Lines found;
    for (AlignmentRecord record; reader.read(record);) found.push_back(record.name);
    CHECK(found == in_c2);
    CHECK(found.size() > 5);

    copy_some(input, example.folder / "sorted.sam", OutputFormat::sam, third);
    CHECK_FALSE(std::filesystem::exists(example.folder / "sorted.sam.bai"));
}

TEST_CASE("a sorted BAM with contigs too long for a BAI gets a CSI", "[record]") {
    const TemporaryFolder folder;
    const std::string input = folder.file("in.sam", "@HD\tVN:1.6\tSO:coordinate\n@SQ\tSN:c1\tLN:600000000\nq\t0\tc1\t590000000\t60\t4M\t*\t0\t0\tACGT\t*\n");
    copy_some(input, folder / "out.bam", OutputFormat::bam, all);
    CHECK(std::filesystem::exists(folder / "out.bam.csi"));
    CHECK_FALSE(std::filesystem::exists(folder / "out.bam.bai"));
}

TEST_CASE("CRAM becomes the SAM or BAM that it was made from", "[record]") {
    const Example example;
    const std::string fasta = example.reference.write_fasta(example.folder / "ref.fa");
    for (const bool md : {false, true}) {
        const std::string sam = example.written("in.sam", {.md = md});
        const std::string cram = example.written("in.cram", {.md = md});
        copy_some(cram, example.folder / "out.sam", OutputFormat::sam, third, fasta);
        CHECK(lines_of(example.folder / "out.sam", true) == every_third(lines_of(sam, true)));
        copy_some(cram, example.folder / "out.bam", OutputFormat::bam, all, fasta);
        CHECK(records_of(example.folder / "out.bam") == lines_of(sam, true));
    }
}

TEST_CASE("formats that cannot be copied are refused before anything is written", "[record]") {
    const Example example;
    const std::string sam = example.written("in.sam");
    const std::string paf = example.written("in.paf", {.paf_no_hit = true});
    const std::size_t before = example.folder.entries();
    CHECK_THROWS_WITH(AlignmentCopy(sam, "", example.folder / "x", OutputFormat::paf), Contains("holds SAM records"));
    CHECK_THROWS_WITH(AlignmentCopy(sam, "", example.folder / "x", OutputFormat::cram), Contains("holds SAM records"));
    CHECK_THROWS_WITH(AlignmentCopy(paf, "", example.folder / "x", OutputFormat::bam), Contains("is PAF and can only be copied as PAF"));
    CHECK_THROWS_AS(AlignmentCopy(paf, "", example.folder / "x", OutputFormat::sam), UsageError);
    CHECK_THROWS_AS(AlignmentCopy(example.folder / "none", "", example.folder / "x", OutputFormat::sam), SystemError);
    CHECK(example.folder.entries() == before);
}

TEST_CASE("a copy that is not closed leaves nothing", "[record]") {
    const Example example;
    for (const char* name : {"in.bam", "in.paf"}) {
        const std::string input = example.written(name, {.paf_no_hit = true});
        const std::size_t before = example.folder.entries();
        {
            AlignmentCopy copy(input, "", example.folder / "x", *format_of_path(name));
            REQUIRE(copy.next());
            copy.keep();
        }
        CHECK(example.folder.entries() == before);
    }
}

TEST_CASE("a damaged file is told, and what was there stays", "[record]") {
    const Example example;
    const std::string whole = content_of(example.written("in.bam"));
    const std::string cut = example.folder.file("cut.bam", whole.substr(0, whole.size() / 2));
    const std::string target = example.folder.file("out.bam", "what was there");
    CHECK_THROWS_AS(copy_some(cut, example.folder / "other", OutputFormat::bam, all), FormatError);
    CHECK_FALSE(std::filesystem::exists(example.folder / "other"));
    CHECK(content_of(target) == "what was there");
}

TEST_CASE("the format of alignments is told by content", "[record]") {
    const Example example;
    for (const char* name : {"x.sam", "x.bam", "x.cram", "x.paf"}) {
        const std::string path = example.written(name);
        std::filesystem::rename(path, example.folder / "nameless");
        CHECK(format_of_alignments(example.folder / "nameless") == *format_of_path(name));
    }
    CHECK(format_of_alignments(example.folder.file("x", test::gzip("@HD\tVN:1.6\n@SQ\tSN:c\tLN:9\n"))) == OutputFormat::sam);
    CHECK_THROWS_AS(format_of_alignments(example.folder / "none"), SystemError);
}
