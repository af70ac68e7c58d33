// Two runs over the same queries, side by side: where they agree, and every query on which they do not.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "weft/report/accuracy.hpp"
#include "weft/report/placements.hpp"

namespace weft {

/// How the primary alignments of one query in two files stand to each other.
enum class Agreement : std::uint8_t {
    same,          // the same bases at the same place, base by base (or no CIGAR to tell)
    other_cigar,   // the same ends on query and reference, another way between them
    other_ends,    // the same place (see same_place), other ends
    elsewhere,     // different places
    only_a,        // aligned in A alone
    only_b,        // aligned in B alone
    neither,       // aligned in none
};
inline constexpr std::size_t agreements = 7;
/// One word for tables: "same", "other_cigar" ...
std::string_view name_of(Agreement agreement);

/// A and B compared by one number.
struct Preference {
    std::int64_t a_higher = 0;
    std::int64_t equal = 0;
    std::int64_t b_higher = 0;
};

/// Queries aligned at different places, by who is right when the truth is known.
struct ElsewhereVerdicts {
    std::int64_t a_right = 0;
    std::int64_t b_right = 0;
    std::int64_t both_right = 0;   // at copies that are as true
    std::int64_t none_right = 0;
};

inline constexpr int confident_mapq = 30;

struct Comparison {
    std::array<std::int64_t, agreements> queries{};
    std::int64_t missing_in_a = 0;           // queries that only B's file names; counted above as unaligned in A
    std::int64_t missing_in_b = 0;
    std::int64_t elsewhere_confident = 0;    // elsewhere, though both have a MAPQ of at least confident_mapq
    Preference score{};                      // AS, where both are aligned and have one
    Preference mapq{};                       // where both are aligned
    ElsewhereVerdicts verdicts{};            // features present on the target
};

/// A query on which two files differ. Pointers are null when the file does not name the query.
struct Disagreement {
    std::string_view name{};
    Agreement agreement = Agreement::same;
    const Placement* a = nullptr;
    const Placement* b = nullptr;
};

/// Compares two files query by query, in the order of A and then of B. Calls `each` for every query whose agreement is neither
/// `same` nor `neither`, and for those that only differ in score. `truth` may be null.
Comparison compare(const Placements& a, const Placements& b, const TruthTable* truth, int slack,
                   const std::function<void(const Disagreement&)>& each = {});

/// Head and lines of a table of disagreements, tab-separated, without line ends: name, agreement, and place, MAPQ, AS, NM and verdict
/// of A and of B ("." where there is none; places 0-based, half-open).
std::string disagreement_head();
std::string disagreement_line(const Disagreement& disagreement, const TruthTable* truth, int slack);

}  // namespace weft
