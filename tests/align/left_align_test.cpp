// Leftmost indels against single steps to the left on a written-out alignment.
#include "weft/align/left_align.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "support/small_reference.hpp"
#include "support/textbook_dp.hpp"

using namespace weft;
using weft::test::RandomPairs;

namespace {

/// An alignment with one operation per column.
std::string columns_of(const Cigar& cigar) {
    std::string columns;
    for (const CigarElement& element : cigar) columns.append(element.length, symbol(element.op));
    return columns;
}

bool is_gap(char column) { return column == 'I' || column == 'D'; }

/// Moves one run of gap columns one base to the left where the columns stay equal bases; false when no run can move. A run may
/// move over an equal column that is not the first of the alignment, when the column it leaves behind is equal again.
bool step_left(std::string& columns, std::span<const Code> query, std::span<const Code> reference) {
    std::size_t q = 0, r = 0;
    for (std::size_t i = 0; i < columns.size();) {
        if (!is_gap(columns[i])) {
            ++q, ++r, ++i;
            continue;
        }
        const char gap = columns[i];
        std::size_t length = 0;
        while (i + length < columns.size() && columns[i + length] == gap) ++length;
        const std::size_t behind_query = q + (gap == 'I' ? length : 0) - 1, behind_reference = r + (gap == 'D' ? length : 0) - 1;
        const bool free = i >= 2 && columns[i - 1] == '=';
        if (free && query[behind_query] == reference[behind_reference] && query[behind_query] < ambiguous_code) {
            columns[i - 1] = gap;
            columns[i + length - 1] = '=';
            return true;
        }
        q += gap == 'I' ? length : 0;
        r += gap == 'D' ? length : 0;
        i += length;
    }
    return false;
}

std::int64_t gaps_of(const Cigar& cigar) {
    return std::count_if(cigar.begin(), cigar.end(), [](const CigarElement& element) { return is_gap(symbol(element.op)); });
}

struct Case {
    std::string reference{};   // the contig; the alignment begins `offset` bases into it
    std::int64_t offset = 0;
    std::vector<Code> query{};
    Cigar cigar{};
};

/// An alignment of a low-complexity query in which gaps stand anywhere, and every column says what its bases say.
Case random_case(RandomPairs& random) {
    Case result;
    const int letters = static_cast<int>(random.between(1, 3));
    result.offset = random.between(0, 40);
    result.reference = test::random_letters(random, result.offset);
    std::vector<Code> reference;
    for (std::int64_t elements = random.between(1, 9); elements > 0; --elements) {
        for (std::int64_t columns = random.between(1, 8); columns > 0; --columns) {
            const auto base = static_cast<Code>(random.between(0, letters - 1));
            const bool differs = random.happens(0.05), unknown = random.happens(0.03);
            reference.push_back(unknown ? ambiguous_code : base);
            result.query.push_back(differs ? static_cast<Code>((base + 1) % 4) : base);
            append(result.cigar, differs || unknown ? CigarOp::mismatch : CigarOp::match, 1);
        }
        if (elements == 1) break;
        for (std::int64_t gaps = random.happens(0.2) ? 2 : 1; gaps > 0; --gaps) {
            const auto bases = static_cast<std::uint32_t>(random.between(1, 4));
            const bool insertion = random.happens(0.5);
            for (std::uint32_t i = 0; i < bases; ++i)
                (insertion ? result.query : reference).push_back(static_cast<Code>(random.between(0, letters - 1)));
            append(result.cigar, insertion ? CigarOp::insertion : CigarOp::deletion, bases);
        }
    }
    result.reference += test::letters_of(reference) + test::random_letters(random, 20);
    return result;
}

}   // namespace

TEST_CASE("indels stand where single steps to the left take them", "[align]") {
    RandomPairs random(1);
    const Scoring scoring;
    int moved = 0, met = 0;
    for (int round = 0; round < 3'000; ++round) {
        const Case data = random_case(random);
        const Index index = test::small_index({data.reference}, 9, 1);
        const std::uint64_t begin = static_cast<std::uint64_t>(data.offset);
        const std::vector<Code> contig = encode(data.reference);
        const auto reference = std::span(contig).subspan(begin);
        INFO(test::letters_of(data.query) << " to " << data.reference << " from " << data.offset << ' ' << to_string(data.cigar));

        std::string expected = columns_of(data.cigar);
        while (step_left(expected, data.query, reference)) {
        }
        Cigar cigar = data.cigar;
        left_align(index.view(), data.query, begin, cigar);
        REQUIRE(columns_of(cigar) == expected);
        for (std::size_t i = 1; i < cigar.size(); ++i) REQUIRE(cigar[i].op != cigar[i - 1].op);

        const auto score = [&](const Cigar& of) {
            return test::path_score(data.query, reference, scoring, with_merged_matches(of));
        };
        REQUIRE(score(cigar) >= score(data.cigar));   // more only where gaps met and became one
        if (gaps_of(cigar) == gaps_of(data.cigar)) REQUIRE(score(cigar) == score(data.cigar));
        Cigar again = cigar;
        left_align(index.view(), data.query, begin, again);
        REQUIRE(again == cigar);
        moved += cigar != data.cigar;
        met += gaps_of(cigar) < gaps_of(data.cigar);
    }
    CHECK(moved > 1'000);
    CHECK(met > 100);
}

TEST_CASE("known indels and their leftmost places", "[align]") {
    struct Row {
        const char* what;
        std::string_view query, reference;
        Cigar cigar;
        std::string_view expected;
    };
    using enum CigarOp;
    const Row rows[] = {
        {"no gap", "ACGT", "ACGT", {{4, match}}, "4="},
        {"a homopolymer", "CAAAAG", "CAAAG", {{4, match}, {1, insertion}, {1, match}}, "1=1I4="},
        {"a deletion of a unit", "GCATG", "GCATCATG", {{4, match}, {3, deletion}, {1, match}}, "1=3D4="},
        {"up to the first column", "AAAA", "AAAAAA", {{3, match}, {2, deletion}, {1, match}}, "1=2D3="},
        {"a substitution is not crossed",
         "CAAAAG",
         "CATAG",
         {{2, match}, {1, mismatch}, {1, match}, {1, insertion}, {1, match}},
         "2=1X1I2="},
        {"a gap of the other kind is not crossed",
         "GAAAC",
         "GTAAC",
         {{1, match}, {1, insertion}, {1, deletion}, {3, match}},
         "1=1I1D3="},
        {"two of a kind meet",
         "CAAAAAAG",
         "CAAAAG",
         {{2, match}, {1, insertion}, {3, match}, {1, insertion}, {1, match}},
         "1=2I5="},
        {"ambiguous bases are not crossed",
         "CNAAAG",
         "CNAAG",
         {{1, match}, {1, mismatch}, {2, match}, {1, insertion}, {1, match}},
         "1=1X1I3="},
    };
    for (const Row& row : rows) {
        INFO(row.what);
        const Index index = test::small_index({std::string(row.reference) + "ACGTTGCA"}, 9, 1);
        Cigar cigar = row.cigar;
        left_align(index.view(), encode(row.query), 0, cigar);
        CHECK(to_string(cigar) == row.expected);
    }
}
