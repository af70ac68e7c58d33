#include "weft/index/index.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <random>

#include "weft/index/index_view.hpp"
#include "weft/kernel/sketch.hpp"
#include "weft/model/error.hpp"

using namespace weft;

namespace {

std::string random_letters(std::mt19937_64& random, std::size_t length, std::string_view alphabet = "ACGT") {
    std::string letters(length, 'N');
    for (char& letter : letters) letter = alphabet[random() % alphabet.size()];
    return letters;
}

/// Contigs of odd lengths with lower case, U, N runs, other IUPAC letters and repeats.
std::vector<ReferenceContig> messy_reference() {
    std::mt19937_64 random(5);
    const std::string repeat = random_letters(random, 300);
    std::vector<ReferenceContig> contigs;
    contigs.push_back({"one", random_letters(random, 1'001, "ACGTacgtU")});
    contigs.push_back({"short", "ACG"});
    contigs.push_back({"gaps", "nnnn" + random_letters(random, 500) + std::string(100, 'N') + repeat + "RYyn" + repeat + "NN"});
    contigs.push_back({"empty", ""});
    contigs.push_back({"word", random_letters(random, 64)});
    contigs.push_back({"only N", std::string(77, 'N')});
    contigs.push_back({std::string(70'000, 'x'), repeat + random_letters(random, 4'000) + repeat + std::string(200, 'A')});
    return contigs;
}

std::string stored(std::string letters) {
    for (char& letter : letters) letter = upper(letter) == 'U' ? 'T' : upper(letter);
    return letters;
}

}  // namespace

TEST_CASE("an index knows its contigs", "[index]") {
    const auto contigs = messy_reference();
    const Index index = Index::build(contigs, {.k = 11, .w = 5}, {"messy.fa", 12, 34});
    REQUIRE(index.contigs() == contigs.size());
    CHECK(index.k() == 11);
    CHECK(index.w() == 5);
    CHECK(index.source().checksum == 34);
    std::int64_t total = 0;
    for (std::uint32_t i = 0; i < contigs.size(); ++i) {
        const ContigId contig{i};
        CHECK(index.name(contig) == contigs[i].name);
        CHECK(index.length(contig) == static_cast<std::int64_t>(contigs[i].sequence.size()));
        CHECK(index.sequence(contig, {0, index.length(contig)}) == stored(contigs[i].sequence));
        CHECK(index.find(contigs[i].name) == contig);
        total += index.length(contig);
    }
    CHECK(index.total_length() == total);
    CHECK_FALSE(index.find("two"));
    CHECK_FALSE(index.find(""));
}

TEST_CASE("MD5 is over the upper-case letters", "[index]") {
    const Index index = Index::build({{"a", "acgtACGTNn"}, {"b", ""}});
    CHECK(index.md5(ContigId{0}) == "a0e5e77e1f26e1b3d8a27baa3db84c40");
    CHECK(index.md5(ContigId{1}) == "d41d8cd98f00b204e9800998ecf8427e");
}

TEST_CASE("sequences are read at any offset and length", "[index]") {
    const auto contigs = messy_reference();
    const Index index = Index::build(contigs);
    const IndexView& view = index.view();
    std::mt19937_64 random(6);
    for (std::uint32_t i = 0; i < contigs.size(); ++i) {
        const std::string expected = stored(contigs[i].sequence);
        for (int trial = 0; trial < 200; ++trial) {
            const std::size_t begin = random() % (expected.size() + 1);
            const std::size_t length = random() % (expected.size() - begin + 1);
            std::string letters(length, '?');
            view.letters(view.contig_begin[i] + begin, letters);
            REQUIRE(letters == expected.substr(begin, length));
            std::vector<Code> codes(length);
            view.decode(view.contig_begin[i] + begin, codes);
            REQUIRE(codes == encode(expected.substr(begin, length)));
        }
    }
    CHECK_THROWS_AS(index.sequence(ContigId{1}, {0, 4}), UsageError);
    CHECK_THROWS_AS(index.sequence(ContigId{1}, {-1, 2}), UsageError);
    CHECK_THROWS_AS(index.sequence(ContigId{1}, {2, 1}), UsageError);
}

TEST_CASE("packed words, contigs and stretches agree with the letters", "[index]") {
    const auto contigs = messy_reference();
    const Index index = Index::build(contigs);
    const IndexView& view = index.view();
    for (std::uint32_t i = 0; i < contigs.size(); ++i) {
        const auto codes = encode(contigs[i].sequence);
        for (std::size_t at = 0; at < codes.size(); ++at) {
            const std::uint64_t linear = view.contig_begin[i] + at;
            REQUIRE(view.contig_of(linear) == ContigId{i});
            std::uint64_t expected = 0;
            for (std::size_t j = 0; j < 32 && at + j < codes.size(); ++j) expected |= static_cast<std::uint64_t>(codes[at + j] & 3) << 2 * j;
            const std::size_t inside = std::min<std::size_t>(32, codes.size() - at);
            const std::uint64_t mask = inside == 32 ? ~std::uint64_t{0} : (std::uint64_t{1} << 2 * inside) - 1;
            REQUIRE((view.packed_word(linear) & mask) == expected);

            std::size_t begin = at;
            std::size_t end = at;
            if (codes[at] < 4) {
                while (begin > 0 && codes[begin - 1] < 4) --begin;
                while (end < codes.size() && codes[end] < 4) ++end;
            }
            const LinearInterval stretch = view.unambiguous_stretch(linear);
            REQUIRE(stretch.begin == static_cast<std::int64_t>(view.contig_begin[i] + begin));
            REQUIRE(stretch.end == static_cast<std::int64_t>(view.contig_begin[i] + end));
        }
    }
}

TEST_CASE("every minimizer is found at exactly its places", "[index]") {
    const auto contigs = messy_reference();
    struct Setting {
        int k, w;
    };
    for (const auto [k, w] : {Setting{15, 10}, {9, 1}, {11, 5}, {28, 3}, {21, 100}}) {
        const Index index = Index::build(contigs, {.k = k, .w = w});
        const IndexView& view = index.view();
        std::map<std::uint64_t, std::vector<std::pair<std::uint64_t, bool>>> expected;
        std::size_t minimizers = 0;
        for (std::size_t i = 0; i < contigs.size(); ++i) {
            std::vector<Minimizer> found;
            sketch(encode(contigs[i].sequence), k, w, found);
            for (const Minimizer& m : found) expected[m.hash].emplace_back(view.contig_begin[i] + m.position, m.reverse);
            minimizers += found.size();
        }
        CHECK(index.minimizers() == minimizers);
        CHECK(index.distinct_minimizers() == expected.size());
        for (const auto& [hash, places] : expected) {
            const Occurrences found = view.find(hash);
            std::vector<std::pair<std::uint64_t, bool>> got;
            for (std::uint32_t i = 0; i < found.count; ++i)
                got.emplace_back(view.position(found.first[i]), IndexView::is_reverse(found.first[i]));
            REQUIRE(got == places);
        }
        std::mt19937_64 random(7);
        for (int trial = 0; trial < 1'000; ++trial) {
            const std::uint64_t hash = random() & ((std::uint64_t{1} << 2 * k) - 1);
            REQUIRE(view.find(hash).count == (expected.contains(hash) ? expected[hash].size() : 0));
        }
    }
}

TEST_CASE("a contig that many slices share is indexed as one", "[index]") {
    std::mt19937_64 random(9);
    std::string letters = random_letters(random, 700'000);
    letters.replace(130'000, 5'000, std::string(5'000, 'N'));
    letters.replace(262'100, 100, std::string(100, 'A'));
    for (const int threads : {1, 2, 3}) {
        const Index index = Index::build({{"a", letters}}, {.k = 15, .w = 10, .threads = threads});
        CHECK(index.sequence(ContigId{0}, {0, index.length(ContigId{0})}) == letters);
        CHECK(index.view().runs.size() == 1);
        std::vector<Minimizer> expected;
        sketch(encode(letters), 15, 10, expected);
        REQUIRE(index.minimizers() == expected.size());
        for (const Minimizer& minimizer : expected) {
            const Occurrences found = index.view().find(minimizer.hash);
            const auto is_it = [&](std::uint64_t entry) {
                return index.view().position(entry) == minimizer.position && IndexView::is_reverse(entry) == minimizer.reverse;
            };
            REQUIRE(std::count_if(found.first, found.first + found.count, is_it) == 1);
        }
    }
}

TEST_CASE("occurrence_at follows its definition", "[index]") {
    const auto contigs = messy_reference();
    const Index index = Index::build(contigs, {.k = 9, .w = 2});
    std::map<std::uint64_t, std::uint32_t> occurrences;
    for (const ReferenceContig& contig : contigs) {
        std::vector<Minimizer> found;
        sketch(encode(contig.sequence), 9, 2, found);
        for (const Minimizer& m : found) ++occurrences[m.hash];
    }
    for (const double fraction : {0.0, 1e-4, 1e-3, 0.01, 0.05, 0.2, 0.5, 0.999, 1.0}) {
        std::uint32_t cut = 0;
        const auto above = [&] {
            return std::count_if(occurrences.begin(), occurrences.end(), [&](const auto& entry) { return entry.second > cut; });
        };
        while (static_cast<double>(above()) > fraction * static_cast<double>(occurrences.size())) ++cut;
        CHECK(index.occurrence_at(fraction) == cut);
    }
}

TEST_CASE("references that cannot be indexed are refused with a reason", "[index]") {
    struct Row {
        std::vector<ReferenceContig> contigs;
        IndexOptions options;
        std::string message;
    };
    const std::vector<Row> rows{
        {{{"a", "ACGT"}, {"b", "AC"}, {"a", "GG"}}, {}, "two contigs are named `a` (number 1 and 3)"},
        {{{"", "ACGT"}}, {}, "contig 1 has no name"},
        {{}, {}, "no bases"},
        {{{"a", ""}}, {}, "no bases"},
        {{{"a", "ACGT"}}, {.k = 8}, "k is 8; give 9 to 28"},
        {{{"a", "ACGT"}}, {.k = 29, .w = 256}, "k is 29; give 9 to 28 bases per minimizer; w is 256"},
        {{{"a", "ACGT"}}, {.threads = -1}, "threads is -1"},
    };
    for (const Row& row : rows) CHECK_THROWS_WITH(Index::build(row.contigs, row.options), Catch::Contains(row.message));
    CHECK_THROWS_AS(Index::build({{"a", ""}}), FormatError);
    CHECK_THROWS_AS(Index::build({{"a", "A"}}, {.w = 0}), UsageError);
}

TEST_CASE("building stops when asked to", "[index]") {
    const std::atomic<bool> stop = true;
    CHECK_THROWS_AS(Index::build({{"a", "ACGTACGTACGTACGTACGT"}}, {}, {}, &stop), Cancelled);
}

TEST_CASE("entries that do not fit into 64 bits are refused", "[index]") {
    std::mt19937_64 random(8);
    CHECK_THROWS_WITH(Index::build({{"a", random_letters(random, 200'000)}}, {.k = 28, .w = 255}),
                      Catch::Contains("bits per entry, the limit is 64") && Catch::Contains("smaller k or a smaller w"));
}
