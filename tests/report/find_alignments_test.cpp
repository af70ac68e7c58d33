#include "weft/report/find_alignments.hpp"

#include <catch2/catch.hpp>
#include <htslib/sam.h>

#include <string>
#include <vector>

#include "support/read_features.hpp"
#include "support/temporary_folder.hpp"
#include "weft/model/error.hpp"

using namespace weft;
using namespace weft::test;

namespace {

// By position; the secondary record of q1 has no sequence, and its primary stands elsewhere.
constexpr char sam_text[] =
    "@HD\tVN:1.6\tSO:coordinate\n@SQ\tSN:c1\tLN:1000\n@SQ\tSN:c2\tLN:500\n"
    "q1\t256\tc1\t11\t0\t4M\t*\t0\t0\t*\t*\n"
    "q2\t0\tc1\t13\t60\t4M\t*\t0\t0\tCCCC\t*\n"
    "q1\t0\tc1\t301\t60\t4M\t*\t0\t0\tACGG\t*\n"
    "q1\t2064\tc2\t1\t60\t2M2H\t*\t0\t0\tCG\t*\n"
    "pair\t65\tc2\t11\t60\t4M\t*\t0\t0\tAAAA\t*\n"
    "pair\t129\tc2\t21\t60\t4M\t*\t0\t0\tTTTT\t*\n"
    "none\t4\t*\t0\t0\t*\t*\t0\t0\tACGT\t*\n";

// What is shown, one word per alignment: name, position, letters.
struct Shown {
    std::vector<std::string> words{};
    ShowAlignment show = [this](const AlignmentRecord& record, const QueryLetters& letters) {
        words.push_back(record.name + "@" + record.contig + ":" + std::to_string(record.reference.begin + 1) + "=" +
                        letters.letters(record, "").value_or("?"));
    };
};

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("a query is shown primary first, with the letters of its primary record", "[report]") {
    const TemporaryFolder folder;
    const AlignmentSource source{folder.file("a.sam", sam_text), ""};
    Shown q1;
    CHECK(show_query(source, "q1", {}, q1.show) == 3);
    CHECK(q1.words == Words{"q1@c1:301=ACGG", "q1@c2:1=CG", "q1@c1:11=ACGG"});
    Shown pair;
    CHECK(show_query(source, "pair", {}, pair.show) == 2);
    CHECK(pair.words == Words{"pair/1@c2:11=AAAA", "pair/2@c2:21=TTTT"});
    Shown mate;
    CHECK(show_query(source, "pair/2", {}, mate.show) == 1);
}

TEST_CASE("names that are not there bring the nearest ones", "[report]") {
    const TemporaryFolder folder;
    const AlignmentSource source{folder.file("a.sam", sam_text), ""};
    const Shown none;
    CHECK_THROWS_MATCHES(show_query(source, "q3", {}, none.show), UsageError,
                         Catch::Message(source.path + ": no query is named 'q3'; did you mean q1 or q2?"));
    CHECK_THROWS_MATCHES(show_query(source, "transcript", {}, none.show), UsageError,
                         Catch::Message(source.path + ": no query is named 'transcript'"));
    CHECK_THROWS_MATCHES(show_query(source, "none", {}, none.show), Error, Catch::Message(source.path + ": 'none' is in the file, but not aligned"));
}

TEST_CASE("a region shows what overlaps it, with letters from anywhere in the file", "[report]") {
    const TemporaryFolder folder;
    const std::string path = folder.file("a.sam", sam_text);
    const std::string bam = folder / "a.bam";
    samFile* const in = sam_open(path.c_str(), "r");
    samFile* const out = sam_open(bam.c_str(), "wb");
    sam_hdr_t* const head = sam_hdr_read(in);
    REQUIRE(sam_hdr_write(out, head) == 0);
    bam1_t* const record = bam_init1();
    while (sam_read1(in, head, record) >= 0) REQUIRE(sam_write1(out, head, record) >= 0);
    bam_destroy1(record);
    sam_hdr_destroy(head);
    sam_close(in);
    REQUIRE(sam_close(out) == 0);
    for (const bool indexed : {false, true}) {
        if (indexed) REQUIRE(sam_index_build(bam.c_str(), 14) == 0);
        for (const std::string& file : {path, bam}) {
            const AlignmentSource source{file, ""};
            Shown both;
            CHECK(show_region(source, {"c1", {13, 14}}, {}, both.show) == 2);
            CHECK(both.words == Words{"q1@c1:11=ACGG", "q2@c1:13=CCCC"});
            Shown first;
            CHECK(show_region(source, {"c1", {0, 12}}, {}, first.show) == 1);
            CHECK_THROWS_MATCHES(show_region(source, {"c1", {400, 500}}, {}, first.show), Error,
                                 Catch::Message(file + ": no alignment overlaps c1:401-500"));
        }
    }
}

TEST_CASE("everything is shown in the order of the file, with letters from anywhere in it and from other files", "[report]") {
    const TemporaryFolder folder;
    const AlignmentSource source{folder.file("a.sam", sam_text), ""};
    Shown all;
    CHECK(show_all(source, {}, all.show) == 6);
    CHECK(all.words == Words{"q1@c1:11=ACGG", "q2@c1:13=CCCC", "q1@c1:301=ACGG", "q1@c2:1=CG", "pair/1@c2:11=AAAA", "pair/2@c2:21=TTTT"});
    const FilledPipe pipe(folder / "pipe", sam_text);
    Shown once;
    CHECK(show_all({folder / "pipe", ""}, {}, once.show) == 6);
    CHECK(once.words.front() == "q1@c1:11=?");   // a pipe is not read again
    QueryLetters known;
    Feature feature;
    feature.name = "q1";
    feature.sequence = "ACGG";
    known.offer(feature);
    const FilledPipe again(folder / "again", sam_text);
    Shown better;
    show_all({folder / "again", ""}, known, better.show);
    CHECK(better.words.front() == "q1@c1:11=ACGG");
}
