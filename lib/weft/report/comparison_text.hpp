// What `weft compare` says: figures of one or two runs, as tables for people or as tab-separated lines for programs.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "weft/report/accuracy.hpp"
#include "weft/report/comparison.hpp"
#include "weft/report/placements.hpp"

namespace weft {

/// Everything there is to tell. One run, or two (A and B) and their comparison.
struct ComparisonFigures {
    struct Run {
        std::string path{};
        const Placements* placements = nullptr;   // of the caller
        std::optional<Accuracy> accuracy{};       // when the truth is known
    };
    std::vector<Run> runs{};
    std::optional<Comparison> comparison{};       // of two runs
    std::string truth_path{};                     // empty: no truth
    int slack = 0;                                // bases, of exact ends
};

/// Aligned tables with headings.
std::string comparison_text(const ComparisonFigures& figures);

/// Lines "section, item, figure of A, figure of B", tab-separated with a head line; whole numbers without commas.
std::string comparison_tsv(const ComparisonFigures& figures);

}  // namespace weft
