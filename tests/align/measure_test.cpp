// The numbers of an alignment against a recount column by column.
#include "weft/align/measure.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "support/small_reference.hpp"

using namespace weft;
using weft::test::RandomPairs;

namespace {

/// What each element of an alignment is worth, a column at a time and a gap at once.
std::vector<std::int64_t> points_of(const Cigar& cigar, std::span<const Code> query, std::span<const Code> reference,
                                    const Scoring& scoring) {
    std::vector<std::int64_t> points;
    std::size_t q = 0, r = 0;
    for (const CigarElement& element : cigar) {
        if (element.op == CigarOp::insertion || element.op == CigarOp::deletion) {
            points.push_back(-scoring.gap(element.length));
            (element.op == CigarOp::insertion ? q : r) += element.length;
            continue;
        }
        for (std::uint32_t i = 0; i < element.length; ++i) points.push_back(scoring.substitution(query[q++], reference[r++]));
    }
    return points;
}

}   // namespace

TEST_CASE("score and counts are those of a recount", "[align]") {
    RandomPairs random(1);
    for (int round = 0; round < 400; ++round) {
        const bool end_to_end = random.happens(0.5);
        AlignOptions options;
        options.end_to_end = end_to_end;
        options.bridge_cost = 20;
        options.max_bridge = 30;
        const std::int64_t offset = random.between(0, 50);
        std::vector<Code> query, reference;
        Alignment alignment, naive;
        std::int64_t forgiven = 0;
        for (std::int64_t elements = random.between(1, 12); elements > 0; --elements) {
            const auto length = static_cast<std::uint32_t>(random.between(1, random.happens(0.2) ? 50 : 8));
            const std::int64_t kind = elements % 2 ? 0 : random.between(1, 3);
            for (std::uint32_t i = 0; i < length; ++i) {
                const auto base = static_cast<Code>(random.between(0, 3));
                if (kind == 0) query.push_back(base), reference.push_back(base);
                if (kind == 1) {
                    const std::int64_t unknown = random.between(0, 9);
                    query.push_back(unknown <= 1 ? ambiguous_code : base);
                    reference.push_back(unknown >= 1 && unknown <= 2 ? ambiguous_code : static_cast<Code>(3 - base));
                    naive.ambiguous += unknown <= 2;
                }
                if (kind == 2) query.push_back(base);
                if (kind == 3) reference.push_back(base);
            }
            constexpr CigarOp ops[] = {CigarOp::match, CigarOp::mismatch, CigarOp::insertion, CigarOp::deletion};
            append(alignment.cigar, ops[kind], length);
            std::int64_t* const counts[] = {&naive.matches, &naive.mismatches, &naive.inserted, &naive.deleted};
            *counts[kind] += length;
            naive.gap_opens += kind >= 2;
            if (kind >= 2 && end_to_end && length <= 30) forgiven += std::max<std::int64_t>(0, options.scoring.gap(length) - 20);
        }
        const Index index = test::small_index({test::random_letters(random, offset) + test::letters_of(reference)}, 9, 1);
        measure(index.view(), query, static_cast<std::uint64_t>(offset), options, alignment);
        INFO(to_string(alignment.cigar));
        const std::vector<std::int64_t> points = points_of(alignment.cigar, query, reference, options.scoring);
        std::int64_t score = 0, best_segment = 0;
        for (std::size_t begin = 0; begin < points.size(); ++begin) {
            std::int64_t sum = 0;
            for (std::size_t end = begin; end < points.size(); ++end) best_segment = std::max(best_segment, sum += points[end]);
            if (begin == 0) score = sum;
        }
        REQUIRE(alignment.score == score);
        REQUIRE(alignment.placement_score == score + forgiven);
        REQUIRE(alignment.best_segment_score == best_segment);
        REQUIRE(alignment.matches == naive.matches);
        REQUIRE(alignment.mismatches == naive.mismatches);
        REQUIRE(alignment.ambiguous == naive.ambiguous);
        REQUIRE(alignment.inserted == naive.inserted);
        REQUIRE(alignment.deleted == naive.deleted);
        REQUIRE(alignment.gap_opens == naive.gap_opens);
    }
}

TEST_CASE("measuring again gives the same", "[align]") {
    RandomPairs random(2);
    const std::string letters = test::random_letters(random, 80);
    const Index index = test::small_index({letters}, 9, 1);
    const std::vector<Code> query = encode(letters.substr(0, 30) + letters.substr(40));
    Alignment alignment;
    alignment.cigar = {{30, CigarOp::match}, {10, CigarOp::deletion}, {40, CigarOp::match}};
    for (int time = 0; time < 2; ++time) {
        measure(index.view(), query, 0, {}, alignment);
        CHECK(alignment.score == 2 * 70 - 24);
        CHECK(alignment.edit_distance() == 10);
        CHECK(alignment.columns() == 80);
    }
}
