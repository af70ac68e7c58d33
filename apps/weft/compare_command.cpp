// weft compare: where two runs differ, and how often each is right when the truth is known.
#include <fmt/format.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "commands.hpp"
#include "console.hpp"
#include "number_options.hpp"
#include "output_choices.hpp"
#include "weft/bytes/output_file.hpp"
#include "weft/model/error.hpp"
#include "weft/report/comparison_text.hpp"

namespace weft {
namespace {

struct CompareChoices {
    std::vector<std::string> files{};   // A, or A and B
    std::string truth{};
    int slack = 5;
    std::string reference{};
    std::string differences{};          // file for the list, "-" standard output
    bool tsv = false;
};

constexpr const char* examples = R"(Examples:
  weft compare new.bam old.bam                           what changed between two runs
  weft compare new.bam old.bam --differences diff.tsv    ... and every query that did
  weft compare genes.sam --truth set/truth.tsv           accuracy on a set of `weft simulate`
  weft compare weft.bam minimap2.paf --truth set/truth.tsv --tsv

The primary alignment of each query counts. Two places are the same when contig and strand agree and at least
a tenth of the union of both intervals is shared (the criterion of paftools mapeval). Positions in the list
are 0-based and half-open.)";

void declare(CLI::App& command, CompareChoices& choices) {
    command.footer(examples);
    command.add_option("FILES", choices.files, "Alignments, one file or two: SAM, BAM, CRAM or PAF, told by content")->type_name("");
    command.add_option("--truth", choices.truth, "Truth table of `weft simulate`: name, contig, begin, end, strand, presence, covered, others")
        ->type_name("TSV");
    add_whole(command, "--slack", choices.slack, {0, 1'000'000}, "Bases by which an exact end may be off");
    command.add_option("--differences", choices.differences, "List every query that differs, tab-separated; - is standard output")->type_name("FILE");
    command.add_flag("--tsv", choices.tsv, "The figures tab-separated instead of as tables");
    command.add_option("--reference", choices.reference, "FASTA to decode the NM of CRAM files")->type_name("FASTA");
}

void check(const CompareChoices& choices) {
    if (choices.files.empty() || choices.files.size() > 2)
        throw UsageError{{"compare", fmt::format("{} files are given", choices.files.size()), "give one or two alignment files; see `weft compare --help`"}};
    if (choices.files.size() == 1 && choices.truth.empty())
        throw UsageError{{"compare", "one file alone has nothing to be compared with", "give a second one, or --truth"}};
    if (choices.files.size() == 1 && !choices.differences.empty()) throw UsageError{{"--differences", "needs two alignment files", ""}};
    if (choices.files.size() == 2 && choices.files[0] == "-" && choices.files[1] == "-")
        throw UsageError{{"compare", "both files are standard input", "give one of them by name"}};
    if (choices.differences.empty()) return;
    std::vector<std::string> inputs = choices.files;
    for (const std::string& input : {choices.truth, choices.reference})
        if (!input.empty()) inputs.push_back(input);
    check_output_place(choices.differences, inputs);
}

void run_comparison(const CompareChoices& choices) {
    check(choices);
    std::optional<TruthTable> truth;
    if (!choices.truth.empty()) truth = read_truth_table(choices.truth);
    std::optional<OutputFile> list;
    if (!choices.differences.empty()) list.emplace(choices.differences);

    std::vector<Placements> placements;
    placements.reserve(choices.files.size());
    ComparisonFigures figures;
    figures.truth_path = choices.truth;
    figures.slack = choices.slack;
    for (const std::string& file : choices.files) {
        placements.push_back(read_placements(file, choices.reference));
        figures.runs.push_back({file, &placements.back(), {}});
        if (truth) figures.runs.back().accuracy = score(*truth, placements.back(), choices.slack);
    }
    const TruthTable* const known = truth ? &*truth : nullptr;
    if (choices.files.size() == 2) {
        if (list) list->write(disagreement_head() + "\n");
        figures.comparison = compare(placements[0], placements[1], known, choices.slack, [&](const Disagreement& disagreement) {
            if (list) list->write(disagreement_line(disagreement, known, choices.slack) + "\n");
        });
    }
    // The list on standard output is for programs: the figures then go to standard error.
    const std::string text = choices.tsv ? comparison_tsv(figures) : comparison_text(figures);
    const bool list_on_output = list && list->is_stream();
    fmt::print(list_on_output ? stderr : stdout, "{}", text);
    if (list) list->commit();
}

}  // namespace

void add_compare_command(CLI::App& app) {
    CLI::App* command = app.add_subcommand("compare", "Compare two alignment files, or one with the truth");
    const auto choices = std::make_shared<CompareChoices>();
    declare(*command, *choices);
    command->callback([choices] { run_comparison(*choices); });
}

}  // namespace weft
