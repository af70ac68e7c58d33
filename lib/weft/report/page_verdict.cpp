#include "weft/report/page_verdict.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "weft/report/page_html.hpp"
#include "weft/report/text_table.hpp"

namespace weft {
namespace {

struct ReasonText {
    std::string_view reason, of_one, of_many;
};
constexpr std::array reason_texts{
    ReasonText{"no seed", "nothing of it occurs in the reference", "nothing of them occurs in the reference"},
    ReasonText{"low score", "what was found of it is too short or too different to count",
               "what was found of them is too short or too different to count"},
    ReasonText{"too short", "it is too short to be looked up", "they are too short to be looked up"},
    ReasonText{"empty sequence", "it has no sequence", "they have no sequence"},
    ReasonText{"failed", "its alignment failed", "their alignment failed"},
};

// What a class of features that were placed, but not well, means. `weight` compares one such feature with one that is lost.
struct ClassText {
    std::string_view word, of_one, of_many;
    double weight;
};
constexpr std::array class_texts{
    ClassText{"truncated", "runs over the end of a contig: the assembly stops within it",
              "run over the end of a contig: the assembly stops within them", 0.6},
    ClassText{"partial", "has a place for a part of its bases only", "have a place for a part of their bases only", 0.5},
    ClassText{"low_identity", "differs much from the reference at its place", "differ much from the reference at their place", 0.4},
    ClassText{"split", "lies in pieces at two or more places: rearranged, or cut by the ends of contigs",
              "lie in pieces at two or more places: rearranged, or cut by the ends of contigs", 0.4},
    ClassText{"duplicate", "fits as well at another place: a repeat or a recent copy, so its place is a guess",
              "fit as well at another place: repeats or recent copies, so their place is a guess", 0.1},
};

struct Candidate {
    double weight;
    ReportVerdict::Problem problem;
};

std::string sentence_end(std::string_view text) { return text.empty() || text.ends_with('.') ? "" : "."; }

void add_lost(std::vector<Candidate>& candidates, const AnalysisDocument& analysis) {
    const std::int64_t lost = analysis.features.lost;
    if (lost == 0) return;
    std::string text = fmt::format("{} of {} found no place", with_commas(lost), counted(analysis.features.total, "feature"));
    if (!analysis.lost_reasons.empty()) {
        const auto& [reason, features] = analysis.lost_reasons.front();
        if (features >= lost)
            text += fmt::format(", because {}", lost_reason_text(reason, lost));
        else
            text += fmt::format("; {} of them because {}", with_commas(features), lost_reason_text(reason, features));
    }
    candidates.push_back({static_cast<double>(lost), {text + ".", "lost"}});
}

void add_classes(std::vector<Candidate>& candidates, const AnalysisDocument& analysis) {
    for (const ClassText& row : class_texts)
        if (const std::int64_t features = analysis.features_of(row.word); features > 0)
            candidates.push_back(
                {row.weight * static_cast<double>(features),
                 {fmt::format("{} {}.", counted(features, "feature"), features == 1 ? row.of_one : row.of_many), "quality"}});
}

void add_inputs(std::vector<Candidate>& candidates, const AnalysisDocument& analysis) {
    const std::int64_t skipped = analysis.inputs_skipped_total;
    if (skipped == 0) return;
    std::string text = fmt::format("{} of the input {} left out, for {} not valid", counted(skipped, "record"),
                                   skipped == 1 ? "was" : "were", skipped == 1 ? "it is" : "they are");
    if (!analysis.inputs_skipped.empty()) {
        const AnalysisDocument::SkippedInput& first = analysis.inputs_skipped.front();
        text += fmt::format("; {} at {}: {}", skipped == 1 ? "it is" : "the first one is", first.where, first.reason);
    }
    candidates.push_back({static_cast<double>(skipped), {text + sentence_end(text), "lost"}});
}

void add_filter(std::vector<Candidate>& candidates, const AnalysisDocument& analysis) {
    if (!analysis.filtered || analysis.filtered->passed > 0 || analysis.filtered->terms.empty()) return;
    const auto& terms = analysis.filtered->terms;
    const auto worst = std::max_element(terms.begin(), terms.end(), [](const auto& a, const auto& b) { return a.rejected < b.rejected; });
    candidates.push_back(
        {1e15,
         {fmt::format("The filter let nothing pass; {} by `{}`.", counted(worst->rejected, "alignment") + " were rejected", worst->term),
          "quality"}});
}

// Failed stages stand before everything else: what was not made cannot be judged.
void add_run(std::vector<Candidate>& candidates, const RunDocument& run) {
    constexpr double before_all = 1e18;
    for (const RunDocument::Stage& stage : run.stages) {
        if (stage.status != "failed") continue;
        const std::string text = fmt::format("The stage {} failed{}{}", stage.name, stage.reason.empty() ? "" : ": ", stage.reason);
        candidates.push_back({before_all, {text + sentence_end(text), std::string(failed_stages_id)}});
    }
    if (run.failures_total == 0) return;
    std::string text = fmt::format("{} could not be worked on", counted(run.failures_total, "feature"));
    if (!run.failures.empty())
        text += fmt::format("; {}: {}", run.failures_total == 1 ? "the reason" : "the first reason", run.failures.front().reason);
    candidates.push_back({static_cast<double>(run.failures_total), {text + sentence_end(text), "lost"}});
}

std::string status_text(const RunDocument& run) {
    if (run.status == "done") return "Done";
    if (run.status == "partial") return "Done in part";
    if (run.status == "failed") return "Failed";
    if (run.status == "cancelled") return "Cancelled";
    return run.status;
}

std::string stages_done(const RunDocument& run) {
    const auto all = std::ssize(run.stages);
    const auto done = std::count_if(run.stages.begin(), run.stages.end(),
                                    [](const auto& stage) { return stage.status == "done" || stage.status == "reused"; });
    if (done == all) return all == 1 ? "the only stage is done" : fmt::format("all {} stages are done", all);
    return fmt::format("{} of {} {} done", done, counted(all, "stage"), done == 1 ? "is" : "are");
}

// What the run achieved when it did not come to its end.
std::string unfinished_headline(const RunDocument& run) {
    const auto failed = std::find_if(run.stages.begin(), run.stages.end(), [](const auto& stage) { return stage.status == "failed"; });
    if (run.status == "cancelled") return fmt::format("The run was cancelled; {}.", stages_done(run));
    if (failed == run.stages.end()) return fmt::format("The run did not come to its end; {}.", stages_done(run));
    return fmt::format("The run stopped at the stage {}; {}.", failed->name, stages_done(run));
}

std::string upper_first(std::string text) {
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
    return text;
}

std::string features_headline(const AnalysisDocument& analysis) {
    const auto& [total, placed, lost, bases, aligned_bases, secondary, supplementary] = analysis.features;
    if (total == 0) return "There are no features.";
    if (lost == 0) return total == 1 ? "The feature has a place." : fmt::format("All {} features have a place.", with_commas(total));
    return fmt::format("{} of {} {} a place.", with_commas(placed), counted(total, "feature"), placed == 1 ? "has" : "have");
}

std::string rerun_command(const RunDocument& run) {
    for (const RunDocument::Stage& stage : run.stages)
        if (stage.status == "failed" && !stage.rerun.empty()) return stage.rerun;
    return run.command;
}

}  // namespace

std::string lost_reason_text(std::string_view reason, std::int64_t features) {
    std::string plain(reason);
    std::replace(plain.begin(), plain.end(), '_', ' ');   // as in the tag zr
    for (const ReasonText& row : reason_texts)
        if (row.reason == plain) return std::string(features == 1 ? row.of_one : row.of_many);
    return plain;
}

ReportVerdict verdict_of(const AnalysisDocument* analysis, const RunDocument* run) {
    ReportVerdict verdict;
    std::vector<Candidate> candidates;
    if (run) add_run(candidates, *run);
    if (analysis) {
        add_lost(candidates, *analysis);
        add_inputs(candidates, *analysis);
        add_filter(candidates, *analysis);
        add_classes(candidates, *analysis);
    }
    std::stable_sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) { return a.weight > b.weight; });
    candidates.resize(std::min(candidates.size(), most_problems));
    for (Candidate& candidate : candidates) verdict.problems.push_back(std::move(candidate.problem));

    if (run) verdict.status = status_text(*run);
    const bool unfinished = run && (run->status == "failed" || run->status == "cancelled");
    if (unfinished) {
        verdict.tone = run->status == "failed" ? ReportVerdict::Tone::bad : ReportVerdict::Tone::warning;
        verdict.headline = unfinished_headline(*run);
        verdict.how_to_go_on = rerun_command(*run);
        return verdict;
    }
    if (run && run->status == "partial") {
        verdict.tone = ReportVerdict::Tone::warning;
        verdict.how_to_go_on = rerun_command(*run);
    }
    verdict.headline = analysis ? features_headline(*analysis) : upper_first(stages_done(*run)) + ".";
    return verdict;
}

}  // namespace weft
