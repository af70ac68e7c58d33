#include "weft/report/letter_changes.hpp"

#include <catch2/catch.hpp>

#include "support/random_sequences.hpp"
#include "support/records.hpp"
#include "support/small_reference.hpp"
#include "support/temporary_folder.hpp"
#include "weft/model/error.hpp"

using namespace weft;
using namespace weft::test;

namespace {

std::string text_of(const std::vector<LetterChange>& changes) {
    std::string text;
    for (const LetterChange& change : changes) text += std::to_string(change.position) + change.reference + ">" + change.alternative + " ";
    return text;
}

std::string changes_of(const std::string& reference, std::int64_t begin, const char* cigar, const std::string& query) {
    const TemporaryFolder folder;
    const ReferenceText text = ReferenceText::open(folder.file("r.fa", ">c1\n" + reference + "\n"));
    ContigLetters letters(text, "c1");
    return text_of(letter_changes(record_of({.begin = begin, .cigar = cigar}), query, 5, letters));
}

std::string with(std::string letters, const LetterChange& change) {
    return letters.replace(static_cast<std::size_t>(change.position), change.reference.size(), change.alternative);
}

}  // namespace

TEST_CASE("each difference has its letters, and gaps stand as far left as the reference allows", "[report]") {
    struct Row {
        const char* what;
        const char* reference;
        std::int64_t begin;
        const char* cigar;
        const char* query;
        const char* expected;
    };
    const Row rows[] = {
        {"no difference", "GATTACA", 1, "4M", "ATTA", ""},
        {"substitutions, by M or X", "GATTACA", 1, "2M1X1M", "AGTC", "2T>G 4A>C "},
        {"letters in lower case", "gattaca", 0, "7M", "gaCtaca", "2T>C "},
        {"other letters are left out", "GANTRCA", 0, "7M", "GACNCCG", "6A>G "},
        {"an insertion", "GATTACA", 0, "4M2I3M", "GATTGGACA", "3T>TGG "},
        {"a deletion", "GATTACA", 0, "4M1D2M", "GATTCA", "3TA>T "},
        {"an insertion in a run", "GATTTTACA", 0, "6M1I3M", "GATTTTTACA", "1A>AT "},
        {"a deletion in a run", "GATTTTACA", 0, "5M1D3M", "GATTTACA", "1AT>A "},
        {"a deletion in a tandem repeat", "GCACACAT", 1, "4M2D1M", "CACAT", "0GCA>G "},
        {"an insertion moves in front of its alignment", "GCACACAT", 3, "2M2I3M", "CACACAT", "0G>GCA "},
        {"an insertion at the begin of the contig", "ACACT", 0, "4M2I1M", "ACACACT", "0A>ACA "},
        {"a deletion at the begin of the contig", "ACACT", 0, "2M2D1M", "ACT", "0ACA>A "},
        {"introns are no difference", "GATTACAGATTACA", 0, "3M8N3M", "GATACA", ""},
        {"gaps longer than asked for", "GATTACAGATTACA", 0, "3M8D1M6I", "GATAGGGGGG", ""},
        {"inserted letters that are no base", "GATTACA", 0, "4M2I3M", "GATTGNACA", ""},
        {"deleted letters that are no base", "GATNACA", 0, "3M1D3M", "GATACA", ""},
        {"N in front", "GANTACA", 0, "3M1I4M", "GANGTACA", "2N>NG "},
        {"another letter in front", "GARTACA", 0, "3M1I4M", "GARGTACA", ""},
    };
    for (const Row& row : rows) {
        INFO(row.what);
        CHECK(changes_of(row.reference, row.begin, row.cigar, row.query) == row.expected);
    }
}

TEST_CASE("a difference makes the same sequence wherever it is written, and cannot be moved further left", "[report]") {
    RandomPairs random(17);
    const TemporaryFolder folder;
    for (int round = 0; round < 300; ++round) {
        const std::string reference = random_letters(random, 60, round % 3 == 0 ? 1 : 2);   // full of repeats
        const ReferenceText text = ReferenceText::open(folder.file("r.fa", ">c1\n" + reference + "\n"));
        ContigLetters letters(text, "c1");
        const std::int64_t at = random.between(1, 50);
        const std::int64_t length = random.between(1, 8);
        const bool insertion = random.between(0, 1) == 1;
        const std::string inserted = random_letters(random, length, 2);
        const std::string before = part(reference, 0, at);
        const std::string query = insertion ? before + inserted + reference.substr(static_cast<std::size_t>(at))
                                            : before + reference.substr(static_cast<std::size_t>(at + length));
        const std::int64_t rest = 60 - at - (insertion ? 0 : length);
        const std::string cigar = std::to_string(at) + "M" + std::to_string(length) + (insertion ? "I" : "D") + std::to_string(rest) + "M";
        const std::vector<LetterChange> changes = letter_changes(record_of({.cigar = cigar.c_str()}), query, 100, letters);
        INFO(reference << " " << cigar << " " << query << " " << text_of(changes));
        REQUIRE(changes.size() == 1);
        const LetterChange& change = changes.front();
        CHECK(part(reference, change.position, std::ssize(change.reference)) == change.reference);
        CHECK(with(reference, change) == query);
        CHECK((change.position == 0 || change.reference.back() != change.alternative.back()));
        CHECK(std::min(change.reference.size(), change.alternative.size()) == 1);
    }
}

TEST_CASE("letters of a contig are fetched in stretches, and nothing lies outside", "[report]") {
    RandomPairs random(3);
    const TemporaryFolder folder;
    const std::string reference = random_letters(random, 10'000);
    const ReferenceText text = ReferenceText::open(folder.file("r.fa", ">c1\n" + reference + "\n"));
    ContigLetters letters(text, "c1");
    CHECK(letters.length() == 10'000);
    for (const std::int64_t at : {0, 4'095, 4'096, 9'999, 4'095, 1}) CHECK(letters.at(at) == reference[static_cast<std::size_t>(at)]);
    CHECK_THROWS_AS(letters.at(10'000), FormatError);
    CHECK_THROWS_AS(ContigLetters(text, "c2"), FormatError);
}
