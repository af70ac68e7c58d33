#include "weft/record/alignment_reader.hpp"

#include <catch2/catch.hpp>
#include <htslib/hts.h>
#include <htslib/sam.h>

#include <vector>

#include "support/temporary_folder.hpp"
#include "weft/model/error.hpp"

using namespace weft;
using namespace weft::test;

namespace {

constexpr char header[] = "@HD\tVN:1.6\n@SQ\tSN:c1\tLN:1000\n@SQ\tSN:c2\tLN:500\n";

std::vector<AlignmentRecord> records_of(const std::string& path, bool sequences = true) {
    AlignmentReaderOptions options;
    options.sequences = sequences;
    AlignmentReader reader(path, options);
    std::vector<AlignmentRecord> records;
    for (AlignmentRecord record; reader.read(record);) records.push_back(record);
    return records;
}

// The same records in another format of HTSlib's: "wb" BAM, "wz" compressed SAM.
std::string converted(const TemporaryFolder& folder, const std::string& sam, const char* name, const char* mode) {
    const std::string path = folder / name;
    samFile* const in = sam_open(sam.c_str(), "r");
    samFile* const out = sam_open(path.c_str(), mode);
    sam_hdr_t* const head = sam_hdr_read(in);
    REQUIRE(sam_hdr_write(out, head) == 0);
    bam1_t* const record = bam_init1();
    while (sam_read1(in, head, record) >= 0) REQUIRE(sam_write1(out, head, record) >= 0);
    bam_destroy1(record);
    sam_hdr_destroy(head);
    sam_close(in);
    REQUIRE(sam_close(out) == 0);
    return path;
}

}  // namespace

TEST_CASE("SAM records become intervals on the query as it was given", "[record]") {
    const TemporaryFolder folder;
    const std::string sam = folder.file("a.sam", std::string(header) +
        "fwd\t0\tc1\t101\t60\t2S6M1I3M2D4M3S\t*\t0\t0\tACGTACGTACGTACGTACG\t*\tAS:i:20\tNM:i:3\tcs:Z:x\n"
        "rev\t16\tc2\t11\t7\t2S6M3S\t*\t0\t0\tAACCCGGTTTN\t*\n"
        "rev\t2064\tc1\t21\t8\t5M6H\t*\t0\t0\tAACCC\t*\n"
        "rev\t272\tc1\t31\t0\t2S9M\t*\t0\t0\t*\t*\n"
        "none\t4\t*\t0\t0\t*\t*\t0\t0\tACGT\t*\tzr:Z:failed\tze:Z:out of luck\n"
        "pair\t65\tc1\t1\t60\t4M\t*\t0\t0\tACGT\t*\n"
        "pair\t129\tc1\t9\t255\t1M5N3M\t*\t0\t0\tACGT\t*\n");
    struct Row {
        const char* name;
        bool aligned;
        Role role;
        const char* contig;
        ReferenceInterval reference;
        Strand strand;
        QueryInterval query;
        std::int64_t query_length;
        int mapq;
        const char* cigar;
        const char* sequence;
        std::int64_t sequence_begin;
    };
    const std::vector<Row> rows{
        {"fwd", true, Role::primary, "c1", {100, 115}, Strand::forward, {2, 16}, 19, 60, "6M1I3M2D4M", "ACGTACGTACGTACGTACG", 0},
        {"rev", true, Role::primary, "c2", {10, 16}, Strand::reverse, {3, 9}, 11, 7, "6M", "NAAACCGGGTT", 0},
        {"rev", true, Role::supplementary, "c1", {20, 25}, Strand::reverse, {6, 11}, 11, 8, "5M", "GGGTT", 6},
        {"rev", true, Role::secondary, "c1", {30, 39}, Strand::reverse, {0, 9}, 11, 0, "9M", "", 0},
        {"none", false, Role::primary, "", {0, 0}, Strand::forward, {0, 0}, 4, 0, "*", "ACGT", 0},
        {"pair/1", true, Role::primary, "c1", {0, 4}, Strand::forward, {0, 4}, 4, 60, "4M", "ACGT", 0},
        {"pair/2", true, Role::primary, "c1", {8, 17}, Strand::forward, {0, 4}, 4, 255, "1M5N3M", "ACGT", 0},
    };
    for (const std::string& path : {sam, converted(folder, sam, "a.bam", "wb"), converted(folder, sam, "a.sam.gz", "wz")}) {
        INFO(path);
        const std::vector<AlignmentRecord> records = records_of(path);
        REQUIRE(records.size() == rows.size());
        for (std::size_t i = 0; i < rows.size(); ++i) {
            INFO(rows[i].name);
            CHECK(records[i].name == rows[i].name);
            CHECK(records[i].aligned == rows[i].aligned);
            CHECK(records[i].role == rows[i].role);
            CHECK(records[i].contig == rows[i].contig);
            CHECK(records[i].reference == rows[i].reference);
            CHECK(records[i].strand == rows[i].strand);
            CHECK(records[i].query == rows[i].query);
            CHECK(records[i].query_length == rows[i].query_length);
            CHECK(records[i].mapq == rows[i].mapq);
            CHECK(to_string(records[i].cigar) == rows[i].cigar);
            CHECK(records[i].sequence == rows[i].sequence);
            CHECK(records[i].sequence_begin == rows[i].sequence_begin);
        }
        CHECK(records[0].score == 20);
        CHECK(records[0].edit_distance == 3);
        CHECK(records[0].difference == "x");
        CHECK_FALSE(records[1].score);
        CHECK(records[0].contig_length == 1000);
        CHECK(records[1].contig_length == 500);
        CHECK(records[4].contig_length == 0);
        CHECK(records[4].reason == "failed: out of luck");
        CHECK(records[0].reason.empty());
        CHECK(records_of(path, false)[0].sequence.empty());
    }
}

TEST_CASE("the first line of a PAF query is primary, later ones are not", "[record]") {
    const TemporaryFolder folder;
    const std::string path = folder.file("a.paf",
        "q\t9\t0\t9\t+\tc\t50\t5\t14\t8\t9\t60\ttp:A:P\nq\t9\t0\t9\t+\tc\t50\t15\t24\t8\t9\t0\ttp:A:S\n"
        "q\t9\t0\t5\t+\tc\t50\t25\t30\t5\t5\t0\ttp:A:P\nr\t9\t0\t9\t+\tc\t50\t5\t14\t8\t9\t60\r\n");
    std::vector<Role> roles;
    for (const AlignmentRecord& record : records_of(path)) roles.push_back(record.role);
    CHECK(roles == std::vector<Role>{Role::primary, Role::secondary, Role::supplementary, Role::primary});
}

TEST_CASE("the header's contigs and order are told, PAF has neither", "[record]") {
    const TemporaryFolder folder;
    const AlignmentReader sam(folder.file("a.sam", "@HD\tVN:1.6\tSO:coordinate\n@SQ\tSN:c2\tLN:500\n@SQ\tSN:c1\tLN:1000\n"));
    REQUIRE(sam.contigs().size() == 2);
    CHECK(sam.contigs()[0].name == "c2");
    CHECK(sam.contigs()[0].length == 500);
    CHECK(sam.contigs()[1].name == "c1");
    CHECK(sam.sorted_by_place());
    CHECK(sam.roles_marked());
    CHECK_FALSE(AlignmentReader(folder.file("b.sam", header)).sorted_by_place());
    const AlignmentReader paf(folder.file("a.paf", "q\t9\t0\t9\t+\tc\t50\t5\t14\t8\t9\t60\n"));
    CHECK(paf.contigs().empty());
    CHECK_FALSE(paf.sorted_by_place());
    CHECK_FALSE(paf.roles_marked());
}

TEST_CASE("what is no alignment file is refused", "[record]") {
    const TemporaryFolder folder;
    const auto message_of = [&](const std::string& content) {
        const std::string path = folder.file("x", content);
        try {
            records_of(path);
        } catch (const FormatError& error) {
            return std::string(error.what()).substr(path.size());
        }
        return std::string("nothing");
    };
    CHECK(message_of("") == ": is empty; a run that aligns nothing writes a SAM header or lines of PAF without a place");
    CHECK(message_of(">c1\nACGT\n") == ": holds sequences, not alignments; align them first with `weft align`");
    CHECK(message_of("@r1\nACGT\n+\nIIII\n") == ": holds sequences, not alignments; align them first with `weft align`");
    CHECK(message_of("name,place\na,b\n") == ":1: 1 tab-separated columns, a PAF line has at least 12");
    CHECK(message_of(std::string("\x01\x02\x03\x00\x05", 5)) == ": is not SAM, BAM, CRAM or PAF: it begins with the bytes 01 02 03 00 05");
    const std::string misplaced = ":4: 'q' is aligned but lacks a position, a CIGAR or a contig that an @SQ line names";
    CHECK(message_of(std::string(header) + "q\t0\tc1\t0\t60\t4M\t*\t0\t0\tACGT\t*\n") == misplaced);
    CHECK(message_of(std::string(header) + "q\t0\tc9\t1\t60\t4M\t*\t0\t0\tACGT\t*\n") == misplaced);
    CHECK(message_of("q\t0\tc1\t1\t60\t4M\t*\t0\t0\tACGT\t*\n").find("an @SQ line for the contig") != std::string::npos);
    CHECK_THROWS_AS(AlignmentReader(folder / "none"), SystemError);
}

TEST_CASE("a BAM file that was cut off is an error", "[record]") {
    const TemporaryFolder folder;
    const std::string sam = folder.file("a.sam", std::string(header) + "q\t0\tc1\t1\t60\t4M\t*\t0\t0\tACGT\t*\n");
    const std::string whole = content_of(converted(folder, sam, "a.bam", "wb"));
    for (const std::size_t missing : {1, 20, 28, 40}) {
        const std::string path = folder.file("cut.bam", whole.substr(0, whole.size() - missing));
        CHECK_THROWS_AS(records_of(path), FormatError);
    }
}
