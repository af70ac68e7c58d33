// What a report says first: did it work, how many features have a place, and what is worst, in sentences a biologist understands.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "weft/report/page_documents.hpp"

namespace weft {

struct ReportVerdict {
    enum class Tone { good, warning, bad };
    struct Problem {
        std::string sentence{};
        std::string section{};   // the id of the section that tells more
    };
    Tone tone = Tone::good;
    std::string status{};              // "Done", "Failed"; empty when no run was recorded
    std::string headline{};            // one sentence
    std::string how_to_go_on{};        // a command; empty when nothing is left to do
    std::vector<Problem> problems{};   // worst first
};

inline constexpr std::size_t most_problems = 3;
inline constexpr std::string_view failed_stages_id = "failed-stages";   // where the page tells of them

/// Either may be absent, not both.
ReportVerdict verdict_of(const AnalysisDocument* analysis, const RunDocument* run);

/// The reason why features have no place, as the end of a sentence: "nothing of them occurs in the reference".
std::string lost_reason_text(std::string_view reason, std::int64_t features);

}  // namespace weft
