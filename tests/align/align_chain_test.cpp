// One chain to its alignments: ends, borders, gaps near ends, cuts, and independence of the hook.
#include "weft/align/align_chain.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "support/alignment_judge.hpp"
#include "support/exact_blocks.hpp"
#include "support/print_intervals.hpp"
#include "support/small_reference.hpp"
#include "weft/chain/chain_blocks.hpp"

using namespace weft;
using weft::test::part;
using weft::test::RandomPairs;
using weft::test::substituted;

namespace {

/// Aligns the best chain of all exact blocks of a query, and checks every alignment.
struct Aligner {
    const Index& index;
    AlignOptions options{};
    Query query{};
    AlignScratch scratch{};

    std::vector<Alignment> align(const std::string& letters, const ForEach& for_each = for_each_serially) {
        query.prepare(letters);
        std::vector<Block> blocks = test::blocks_by_search(index.view(), letters, 12);
        for (Block& block : blocks) block.minimizers = 1;
        ChainScratch chain_scratch;
        const std::vector<Chain> chains = chain_blocks(index.view(), query, blocks, {}, {20, 1}, chain_scratch);
        REQUIRE(!chains.empty());
        std::vector<Alignment> alignments;
        align_chain(index.view(), query, chains.front(), options, scratch, for_each, alignments);
        for (const Alignment& alignment : alignments) {
            INFO(test::text_of(index, alignment));
            CHECK(test::faults_of(index, letters, alignment, options.scoring) == "");
            CHECK(alignment.chain_score == chains.front().score);
            CHECK(alignment.minimizers == chains.front().minimizers);
        }
        return alignments;
    }
    Alignment align_whole(const std::string& letters) {
        const std::vector<Alignment> alignments = align(letters);
        REQUIRE(alignments.size() == 1);
        return alignments.front();
    }
};

struct Reference {
    std::string letters{};
    Index index;

    explicit Reference(std::uint32_t seed, std::int64_t length = 2'500) : index(make(seed, length, letters)) {}
    static Index make(std::uint32_t seed, std::int64_t length, std::string& letters) {
        RandomPairs random(seed);
        letters = test::random_letters(random, length);
        return test::small_index({test::random_letters(random, 70), letters, test::random_letters(random, 70)});
    }
};

}   // namespace

TEST_CASE("a substitution near an end is aligned, not clipped", "[align]") {
    const Reference reference(1);
    Aligner aligner{reference.index};
    const auto length = GENERATE(50, 400);
    const auto turned = GENERATE(false, true);
    for (std::int64_t distance = 0; distance <= 12; ++distance)
        for (const std::int64_t position : {distance, length - 1 - distance}) {
            INFO("position " << position << " of " << length);
            const std::string letters = substituted(part(reference.letters, 1'000, length), {position});
            const Alignment alignment = aligner.align_whole(turned ? reverse_complement(letters) : letters);
            CHECK(alignment.query == QueryInterval{0, length});
            CHECK(alignment.reference == ReferenceInterval{1'000, 1'000 + length});
            CHECK(alignment.mismatches == 1);
            CHECK(alignment.strand == (turned ? Strand::reverse : Strand::forward));
        }
}

TEST_CASE("two and three substitutions at an end are aligned where the feature is wanted whole", "[align]") {
    const Reference reference(2);
    Aligner aligner{reference.index};
    const std::string letters = part(reference.letters, 500, 200);
    for (const auto& changed : {substituted(letters, {0, 1}), substituted(letters, {0, 2, 5}), substituted(letters, {199, 198}),
                                substituted(letters, {197, 193, 199})})
        CHECK(aligner.align_whole(changed).query == QueryInterval{0, 200});
    aligner.options.end_to_end = false;
    aligner.options.end_bonus = 0;
    CHECK(aligner.align_whole(substituted(letters, {0, 1})).query == QueryInterval{2, 200});
    CHECK(aligner.align_whole(substituted(letters, {199})).query == QueryInterval{0, 199});
}

TEST_CASE("an end beyond a long gap is found", "[align]") {
    const Reference reference(3);
    RandomPairs random(30);
    const std::string inserted = test::random_letters(random, 200);
    const std::string whole = part(reference.letters, 500, 1'000);
    Aligner aligner{reference.index};
    struct Row {
        const char* what;
        std::string letters;
        ReferenceInterval expected;
    };
    const Row rows[] = {
        {"deletion near the begin", part(reference.letters, 240, 60) + whole, {240, 1'500}},
        {"deletion near the end", whole + part(reference.letters, 1'700, 60), {500, 1'760}},
        {"insertion near the begin", whole.substr(0, 60) + inserted + whole.substr(60), {500, 1'500}},
        {"insertion near the end", whole.substr(0, 940) + inserted + whole.substr(940), {500, 1'500}},
        {"both", part(reference.letters, 240, 60) + whole.substr(0, 940) + inserted + whole.substr(940), {240, 1'500}},
    };
    const auto turned = GENERATE(false, true);
    for (const Row& row : rows) {
        INFO(row.what << (turned ? ", turned" : ""));
        const Alignment alignment = aligner.align_whole(turned ? reverse_complement(row.letters) : row.letters);
        CHECK(alignment.reference == row.expected);
        CHECK(alignment.query == QueryInterval{0, std::ssize(row.letters)});
        CHECK(alignment.gap_opens <= 2);
        CHECK(alignment.placement_score > alignment.score);   // a long gap is one event
    }
}

TEST_CASE("foreign ends are clipped", "[align]") {
    const Reference reference(4);
    RandomPairs random(40);
    const std::string foreign = test::random_letters(random, 150);
    const std::string whole = part(reference.letters, 500, 600);
    Aligner aligner{reference.index};
    for (const std::string& letters : {foreign + whole, whole + foreign, foreign + whole + foreign}) {
        const Alignment alignment = aligner.align_whole(letters);
        CHECK(alignment.matches >= 590);
        CHECK(alignment.query.length() <= 640);
        CHECK(std::abs(alignment.reference.begin - 500) <= 20);
        CHECK(std::abs(alignment.reference.end - 1'100) <= 20);
    }
}

TEST_CASE("nothing leaves the contig", "[align]") {
    const Reference reference(5, 600);
    RandomPairs random(50);
    Aligner aligner{reference.index};
    const std::string overhang = test::random_letters(random, 80);
    for (const std::int64_t bases : {1, 2, 5, 8, 12, 30, 80}) {
        INFO(bases << " bases over the border");
        const Alignment left = aligner.align_whole(part(overhang, 80 - bases, bases) + part(reference.letters, 0, 300));
        CHECK(left.query == QueryInterval{bases, bases + 300});
        CHECK(left.reference == ReferenceInterval{0, 300});
        const Alignment right = aligner.align_whole(part(reference.letters, 300, 300) + part(overhang, 0, bases));
        CHECK(right.query == QueryInterval{0, 300});
        CHECK(right.reference == ReferenceInterval{300, 600});
    }
    for (const std::int64_t bases :
         {1, 5, 10, 13}) {   // the chain ends before the border: the extension must not bend a gap over it
        INFO(bases << " bases over the border, and a substitution before it");
        const std::string begin = part(overhang, 80 - bases, bases) + substituted(part(reference.letters, 0, 300), {5});
        CHECK(aligner.align_whole(begin).reference == ReferenceInterval{0, 300});
        CHECK(aligner.align_whole(begin).gap_opens == 0);
        const Alignment turned = aligner.align_whole(reverse_complement(begin));
        CHECK(turned.reference == ReferenceInterval{0, 300});
        CHECK(turned.query == QueryInterval{0, 300});
    }
    const Alignment whole = aligner.align_whole(part(overhang, 0, 70) + reference.letters + overhang);
    CHECK(whole.reference == ReferenceInterval{0, 600});
    CHECK(whole.gap_opens == 0);
}

TEST_CASE("ambiguous bases are columns, on either side", "[align]") {
    RandomPairs random(6);
    std::string letters = test::random_letters(random, 1'000);
    for (std::size_t i = 500; i < 520; ++i) letters[i] = 'N';
    const Index index = test::small_index({letters});
    Aligner aligner{index};
    std::string query = part(letters, 300, 400);
    CHECK(aligner.align_whole(query).ambiguous == 20);
    for (std::size_t i = 200; i < 220; ++i) query[i] = 'A';
    query[0] = query[1] = query[50] = query[399] = 'N';
    query[60] = static_cast<char>(query[60] - 'A' + 'a');
    const Alignment alignment = aligner.align_whole(query);
    CHECK(alignment.query == QueryInterval{0, 400});
    CHECK(alignment.ambiguous == 24);
    CHECK(alignment.mismatches == 24);
}

TEST_CASE("a chain is cut at what cannot be aligned, and a long gap alone is no reason", "[align]") {
    const Reference reference(7);
    Aligner aligner{reference.index};
    const std::string a = part(reference.letters, 100, 600), b = part(reference.letters, 700, 700),
                      c = part(reference.letters, 1'400, 600);
    RandomPairs random(70);
    SECTION("an inverted stretch") {
        const std::vector<Alignment> alignments = aligner.align(a + reverse_complement(b) + c);
        REQUIRE(alignments.size() == 2);
        CHECK(std::abs(alignments[0].reference.end - 700) < 30);
        CHECK(std::abs(alignments[1].reference.begin - 1'400) < 30);
        CHECK(alignments[0].query.begin == 0);
        CHECK(alignments[1].query.end == 1'900);
    }
    SECTION("a replaced stretch") { CHECK(aligner.align(a + test::random_letters(random, 700) + c).size() == 2); }
    SECTION("a lost stretch") { CHECK(aligner.align_whole(a + b.substr(300) + c).deleted == 300); }
    SECTION("a gained stretch") { CHECK(aligner.align_whole(a + b + test::random_letters(random, 450) + c).inserted == 450); }
    SECTION("a stretch that the matrix may not be filled for") {
        aligner.options.max_cells = 10'000;
        CHECK(aligner.align(a + test::random_letters(random, 200) + c).size() == 2);
    }
}

TEST_CASE("random queries give sound alignments on both strands, and mirrored ones for the reverse complement", "[align]") {
    const Reference reference(8, 1'200);
    RandomPairs random(80);
    Aligner aligner{reference.index};
    for (int round = 0; round < 60; ++round) {
        aligner.options.end_to_end = random.happens(0.7);
        const std::int64_t length = random.between(80, 400);
        const std::string source = part(reference.letters, random.between(0, 1'200 - length), length);
        const std::string letters =
            test::letters_of(random.evolved(encode(source), 0.02 * static_cast<double>(random.between(0, 4))));
        if (test::blocks_by_search(reference.index.view(), letters, 20).empty()) continue;
        INFO(letters);
        const std::vector<Alignment> there = aligner.align(letters), turned = aligner.align(reverse_complement(letters));
        REQUIRE(there.size() == turned.size());
        for (std::size_t i = 0; i < there.size(); ++i) {
            CHECK(turned[i].strand == opposite(there[i].strand));
            CHECK(turned[i].reference == there[i].reference);
            CHECK(turned[i].cigar == there[i].cigar);
            CHECK(turned[i].query ==
                  QueryInterval{std::ssize(letters) - there[i].query.end, std::ssize(letters) - there[i].query.begin});
        }
    }
}

TEST_CASE("who fills the pieces of a long query, and in which order, changes nothing", "[align]") {
    RandomPairs random(9);
    const std::string letters = test::random_letters(random, 30'000);
    const Index index = test::small_index({letters});
    std::string query = letters;
    for (std::size_t at = 20; at < query.size(); at += 45) query[at] = test::other_base(query[at]);
    for (std::size_t at = 29'000; at > 1'000; at -= 900) query.erase(at, 3);
    Aligner aligner{index};
    // The chain comes from the sketch: a search of all diagonals of so long a pair takes too long.
    std::vector<Block> blocks;
    aligner.query.prepare(query);
    Chain chain;
    std::uint64_t reference = 0;
    for (std::uint32_t q = 0; q + 20 < query.size();) {
        std::uint64_t at = reference;
        while (at < reference + 8 && letters.compare(at, 20, query, q, 20) != 0) ++at;
        if (at == reference + 8) {
            ++q, ++reference;
            continue;
        }
        std::uint32_t length = 20;
        while (q + length < query.size() && at + length < letters.size() && query[q + length] == letters[at + length]) ++length;
        chain.blocks.push_back({at, q, length, 1, Strand::forward});
        q += length;
        reference = at + length;
    }
    REQUIRE(chain.blocks.size() > 600);
    std::vector<Alignment> serial, backward;
    align_chain(index.view(), aligner.query, chain, aligner.options, aligner.scratch, for_each_serially, serial);
    std::size_t tasks = 0;
    const ForEach from_behind = [&](std::size_t count, const std::function<void(std::size_t)>& body) {
        tasks += count;
        for (std::size_t i = count; i-- > 0;) body(i);
    };
    align_chain(index.view(), aligner.query, chain, aligner.options, aligner.scratch, from_behind, backward);
    CHECK(tasks > 1);
    REQUIRE(serial.size() == 1);
    REQUIRE(backward.size() == 1);
    CHECK(serial[0].cigar == backward[0].cigar);
    CHECK(serial[0].reference == ReferenceInterval{0, 30'000});
    CHECK(test::faults_of(index, query, serial[0], aligner.options.scoring) == "");
}
