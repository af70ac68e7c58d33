#include "weft/report/comparison_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>

#include "weft/report/text_table.hpp"

namespace weft {
namespace {

using Run = ComparisonFigures::Run;

constexpr std::array mapq_thresholds{60, 50, 40, 30, 20, 10, 5, 1, 0};

struct AgreementText {
    Agreement agreement;
    const char* meaning;
};
constexpr std::array<AgreementText, agreements> agreement_texts{{
    {Agreement::same, "same place, same CIGAR"},
    {Agreement::other_cigar, "same ends, another CIGAR"},
    {Agreement::other_ends, "same place, other ends"},
    {Agreement::elsewhere, "elsewhere"},
    {Agreement::only_a, "aligned in A only"},
    {Agreement::only_b, "aligned in B only"},
    {Agreement::neither, "aligned in neither"},
}};

std::string letter_of(std::size_t run) { return run == 0 ? "A" : "B"; }

std::string length_class_text(std::size_t i) {
    const auto from = [&] { return with_commas(length_class_ends[i - 1]); };
    if (i == 0) return fmt::format("below {}", length_class_ends[0]);
    if (i == length_class_ends.size()) return fmt::format("{} and longer", from());
    return fmt::format("{} to {}", from(), with_commas(length_class_ends[i] - 1));
}

void add_runs(std::string& text, const ComparisonFigures& figures) {
    TextTable table;
    for (std::size_t i = 0; i < figures.runs.size(); ++i) {
        const Placements& placements = *figures.runs[i].placements;
        const auto queries = std::ssize(placements.names);
        table.add({letter_of(i), figures.runs[i].path, with_commas(queries), "queries,", with_commas(placements.aligned),
                   fmt::format("aligned ({}), {} supplementary and {} secondary records", percent(placements.aligned, queries),
                               with_commas(placements.supplementary), with_commas(placements.secondary))});
        if (placements.repeated > 0)
            table.add({"", "", with_commas(placements.repeated), "further primary records of names already seen are left out"});
    }
    text += table.text();
}

std::string preference_text(const Preference& preference) {
    return fmt::format("A higher {}, equal {}, B higher {}", with_commas(preference.a_higher), with_commas(preference.equal),
                       with_commas(preference.b_higher));
}

void add_comparison(std::string& text, const ComparisonFigures& figures) {
    const Comparison& comparison = *figures.comparison;
    std::int64_t queries = 0;
    for (const std::int64_t count : comparison.queries) queries += count;
    text += fmt::format("\nPrimary alignments of {} queries\n", with_commas(queries));
    TextTable table;
    for (const AgreementText& row : agreement_texts) {
        const std::int64_t count = comparison.queries[static_cast<std::size_t>(row.agreement)];
        std::string note;
        if (row.agreement == Agreement::elsewhere && count > 0)
            note = fmt::format("{} of them with MAPQ {} or more in both", with_commas(comparison.elsewhere_confident), confident_mapq);
        if (row.agreement == Agreement::only_a && comparison.missing_in_b > 0) note = fmt::format("{} queries are not in B", with_commas(comparison.missing_in_b));
        if (row.agreement == Agreement::only_b && comparison.missing_in_a > 0) note = fmt::format("{} queries are not in A", with_commas(comparison.missing_in_a));
        table.add({row.meaning, with_commas(count), percent(count, queries), note});
    }
    text += table.text(2);
    const Preference& score = comparison.score;
    TextTable preferences;
    if (score.a_higher + score.equal + score.b_higher > 0) preferences.add({"score (AS)", preference_text(score)});
    preferences.add({"MAPQ", preference_text(comparison.mapq)});
    if (!figures.truth_path.empty()) {
        const ElsewhereVerdicts& verdicts = comparison.verdicts;
        preferences.add({"elsewhere", fmt::format("A right {}, B right {}, both right {}, none right {} (features present)", with_commas(verdicts.a_right),
                                                  with_commas(verdicts.b_right), with_commas(verdicts.both_right), with_commas(verdicts.none_right))});
    }
    text += preferences.text(2);
}

// A row of the accuracy table: a count per run, with its share of the features present.
void add_share_row(TextTable& table, const ComparisonFigures& figures, const std::string& name, const std::function<std::int64_t(const Accuracy&)>& count_of) {
    std::vector<std::string> cells{name};
    for (const Run& run : figures.runs) {
        const std::int64_t count = count_of(*run.accuracy);
        cells.push_back(with_commas(count));
        cells.push_back(percent(count, run.accuracy->all().present));
    }
    table.add(cells);
}

std::vector<std::string> run_heads(const ComparisonFigures& figures, std::vector<std::string> cells, const std::vector<std::string>& per_run) {
    for (std::size_t i = 0; i < figures.runs.size(); ++i)
        for (const std::string& head : per_run) cells.push_back(figures.runs.size() == 1 || head.empty() ? head : head + " " + letter_of(i));
    return cells;
}

void add_accuracy(std::string& text, const ComparisonFigures& figures) {
    const Accuracy& first = *figures.runs.front().accuracy;
    text += fmt::format("\nAccuracy for the {} features of {} that are present on the target\n", with_commas(first.all().present), figures.truth_path);
    TextTable table;
    if (figures.runs.size() > 1) table.add_head({"", "A", "", "B", ""});
    add_share_row(table, figures, "mapped", [](const Accuracy& accuracy) { return accuracy.all().mapped; });
    add_share_row(table, figures, "right place", [](const Accuracy& accuracy) { return accuracy.all().right; });
    add_share_row(table, figures, fmt::format("exact ends (within {})", figures.slack), [](const Accuracy& accuracy) { return accuracy.all().exact; });
    std::vector<std::string> absent{fmt::format("aligned, of {} absent", with_commas(first.absent))};
    for (const Run& run : figures.runs) absent.insert(absent.end(), {with_commas(run.accuracy->absent_mapped), percent(run.accuracy->absent_mapped, first.absent)});
    table.add(absent);
    text += table.text(2);
    for (std::size_t i = 0; i < figures.runs.size(); ++i)
        if (figures.runs[i].accuracy->unknown > 0)
            text += fmt::format("  {} queries of {} are not in the truth table\n", with_commas(figures.runs[i].accuracy->unknown), letter_of(i));
}

void add_lengths(std::string& text, const ComparisonFigures& figures) {
    text += "\nBy length of the feature, in bases\n";
    TextTable table;
    table.add_head(run_heads(figures, {"", "present"}, {"mapped", "right", "exact"}));
    for (std::size_t i = 0; i < length_classes; ++i) {
        const std::int64_t present = figures.runs.front().accuracy->by_length[i].present;
        if (present == 0) continue;
        std::vector<std::string> cells{length_class_text(i), with_commas(present)};
        for (const Run& run : figures.runs) {
            const AccuracyCounts& counts = run.accuracy->by_length[i];
            for (const std::int64_t count : {counts.mapped, counts.right, counts.exact}) cells.push_back(percent(count, present));
        }
        table.add(cells);
    }
    text += table.text(2);
}

std::string rate_text(const MapqCounts& counts) {
    return counts.aligned == 0 ? "-" : fmt::format("{:.6f}", static_cast<double>(counts.wrong) / static_cast<double>(counts.aligned));
}

void add_mapq(std::string& text, const ComparisonFigures& figures) {
    text += "\nWrong places by MAPQ\n";
    TextTable table;
    table.add_head(run_heads(figures, {"MAPQ >="}, {"aligned", "wrong", "error rate"}));
    for (const int least : mapq_thresholds) {
        std::vector<std::string> cells{std::to_string(least)};
        for (const Run& run : figures.runs) {
            const MapqCounts counts = run.accuracy->at_least(least);
            cells.insert(cells.end(), {with_commas(counts.aligned), with_commas(counts.wrong), rate_text(counts)});
        }
        table.add(cells);
    }
    text += table.text(2);
}

// Lines of the tab-separated form.
class TsvLines {
public:
    explicit TsvLines(const ComparisonFigures& figures) : figures_(figures) {}

    void add(const std::string& section, const std::string& item, const std::function<std::string(const Run&)>& cell_of) {
        text_ += section + "\t" + item;
        for (const Run& run : figures_.runs) text_ += "\t" + cell_of(run);
        text_ += "\n";
    }
    void add_count(const std::string& section, const std::string& item, const std::function<std::int64_t(const Run&)>& count_of) {
        add(section, item, [&](const Run& run) { return std::to_string(count_of(run)); });
    }
    /// A figure of the pair: it stands in the first column of figures.
    void add_joint(const std::string& section, std::string_view item, std::int64_t count) { text_ += fmt::format("{}\t{}\t{}\t\n", section, item, count); }

    std::string text() const { return text_; }

private:
    const ComparisonFigures& figures_;
    std::string text_{};
};

void add_accuracy_lines(TsvLines& lines) {
    lines.add_count("accuracy", "present", [](const Run& run) { return run.accuracy->all().present; });
    lines.add_count("accuracy", "mapped", [](const Run& run) { return run.accuracy->all().mapped; });
    lines.add_count("accuracy", "right_place", [](const Run& run) { return run.accuracy->all().right; });
    lines.add_count("accuracy", "exact_ends", [](const Run& run) { return run.accuracy->all().exact; });
    lines.add_count("accuracy", "absent", [](const Run& run) { return run.accuracy->absent; });
    lines.add_count("accuracy", "absent_mapped", [](const Run& run) { return run.accuracy->absent_mapped; });
    lines.add_count("accuracy", "not_in_truth", [](const Run& run) { return run.accuracy->unknown; });
    for (std::size_t i = 0; i < length_classes; ++i) {
        const std::string from = std::to_string(i == 0 ? 0 : length_class_ends[i - 1]);
        lines.add_count("length>=" + from, "present", [i](const Run& run) { return run.accuracy->by_length[i].present; });
        lines.add_count("length>=" + from, "mapped", [i](const Run& run) { return run.accuracy->by_length[i].mapped; });
        lines.add_count("length>=" + from, "right_place", [i](const Run& run) { return run.accuracy->by_length[i].right; });
        lines.add_count("length>=" + from, "exact_ends", [i](const Run& run) { return run.accuracy->by_length[i].exact; });
    }
    for (const int least : mapq_thresholds) {
        const std::string section = fmt::format("mapq>={}", least);
        lines.add_count(section, "aligned", [least](const Run& run) { return run.accuracy->at_least(least).aligned; });
        lines.add_count(section, "wrong", [least](const Run& run) { return run.accuracy->at_least(least).wrong; });
        lines.add(section, "error_rate", [least](const Run& run) { return rate_text(run.accuracy->at_least(least)); });
    }
}

void add_preference_lines(TsvLines& lines, const std::string& section, const Preference& preference) {
    lines.add_joint(section, "a_higher", preference.a_higher);
    lines.add_joint(section, "equal", preference.equal);
    lines.add_joint(section, "b_higher", preference.b_higher);
}

}  // namespace

std::string comparison_text(const ComparisonFigures& figures) {
    std::string text;
    add_runs(text, figures);
    if (figures.comparison) add_comparison(text, figures);
    if (figures.truth_path.empty()) return text;
    add_accuracy(text, figures);
    add_lengths(text, figures);
    add_mapq(text, figures);
    return text;
}

std::string comparison_tsv(const ComparisonFigures& figures) {
    TsvLines lines(figures);
    lines.add("section", "item", [&](const Run& run) { return letter_of(static_cast<std::size_t>(&run - figures.runs.data())); });
    lines.add("run", "path", [](const Run& run) { return run.path; });
    lines.add_count("run", "queries", [](const Run& run) { return std::ssize(run.placements->names); });
    lines.add_count("run", "aligned", [](const Run& run) { return run.placements->aligned; });
    lines.add_count("run", "supplementary", [](const Run& run) { return run.placements->supplementary; });
    lines.add_count("run", "secondary", [](const Run& run) { return run.placements->secondary; });
    lines.add_count("run", "repeated", [](const Run& run) { return run.placements->repeated; });
    if (figures.comparison) {
        const Comparison& comparison = *figures.comparison;
        for (const AgreementText& row : agreement_texts)
            lines.add_joint("queries", name_of(row.agreement), comparison.queries[static_cast<std::size_t>(row.agreement)]);
        lines.add_joint("queries", "elsewhere_confident", comparison.elsewhere_confident);
        lines.add_joint("queries", "missing_in_a", comparison.missing_in_a);
        lines.add_joint("queries", "missing_in_b", comparison.missing_in_b);
        add_preference_lines(lines, "score", comparison.score);
        add_preference_lines(lines, "mapq", comparison.mapq);
        if (!figures.truth_path.empty()) {
            lines.add_joint("elsewhere", "a_right", comparison.verdicts.a_right);
            lines.add_joint("elsewhere", "b_right", comparison.verdicts.b_right);
            lines.add_joint("elsewhere", "both_right", comparison.verdicts.both_right);
            lines.add_joint("elsewhere", "none_right", comparison.verdicts.none_right);
        }
    }
    if (!figures.truth_path.empty()) add_accuracy_lines(lines);
    return lines.text();
}

}  // namespace weft
