// weft align: features against a reference, from files to a file.
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <vector>

#include <fmt/format.h>

#include "commands.hpp"
#include "console.hpp"
#include "engine_choices.hpp"
#include "failure_list.hpp"
#include "number_options.hpp"
#include "output_choices.hpp"
#include "reference_choice.hpp"
#include "run_display.hpp"
#include "run_summary.hpp"
#include "signals.hpp"
#include "weft/index/index_beside.hpp"
#include "weft/model/error.hpp"
#include "weft/parallel/index_output.hpp"
#include "weft/parallel_aligner.hpp"

namespace weft {
namespace {

constexpr int failures_shown = 10;

/// Everything that was typed.
struct AlignChoices {
    ReferenceChoice reference{};
    std::vector<std::string> queries{};
    std::string query_reference{};
    EngineChoices engine{};
    OutputChoices output{};
    bool keep_tags = true;
    int threads = 0;
    std::optional<std::int64_t> bases_in_memory{};   // -K
    std::optional<std::int64_t> batch_bases{};
    std::string failures{};
    bool print_options = false;
    bool quiet = false;
    bool verbose = false;
};

constexpr const char* examples = R"(Examples:
  weft align genome.fa genes.fa -o genes.bam --sort      genes to a sorted BAM with its index
  weft index genome.fa                                   once; makes every later start immediate
  weft align genome.fa.weft reads.fq.gz -x ont > a.sam   long reads, SAM on standard output
  weft align genome.fa probes.fa -x short -c > p.paf     probes, PAF with CIGAR
  zcat q.fa.gz | weft align genome.fa - -o q.cram        from a pipe)";

void declare(CLI::App& command, AlignChoices& choices) {
    command.footer(examples);
    command.add_option("REF", choices.reference.path, "Reference: FASTA (plain, gzip, BGZF) or an index of `weft index`");
    command.add_option("QUERY", choices.queries, "Features: FASTA, FASTQ, SAM, BAM or CRAM, told by content; - is standard input");
    add_engine_options(command, choices.engine);
    add_reference_options(command, choices.reference);
    command.add_flag("--keep-tags,!--no-keep-tags", choices.keep_tags, "Carry the tags of SAM, BAM and CRAM input into the output (the default)")
        ->group("Input");
    command.add_option("--query-reference", choices.query_reference, "FASTA that CRAM input was written against, to decode it")
        ->type_name("FASTA")->group("Input");
    add_output_options(command, choices.output);
    add_threads(command, choices.threads)->group("Run");
    add_size(command, "-K", choices.bases_in_memory, {1, 1'000'000'000'000}, "Bases of queries in memory at the same time, about")->group("Run");
    add_size(command, "--batch-bases", choices.batch_bases, {1, 1'000'000'000'000}, "Bases of a batch; changes speed and memory, never the answer")
        ->group("Run");
    command.add_option("--failures", choices.failures,
                       "List of features that failed; by default OUTPUT.failures.tsv, if there are any and OUTPUT is a file")
        ->type_name("FILE")->group("Run");
    command.add_flag("--print-options", choices.print_options, "Print the options of the preset, with the changes given, and end")->group("Run");
    command.add_flag("-q,--quiet", choices.quiet, "No progress and no summary")->group("Run");
    command.add_flag("-v,--verbose", choices.verbose, "Tell what is used and how")->group("Run");
}

ParallelOptions parallel_options(const AlignChoices& choices, const EngineOptions& engine) {
    ParallelOptions options;
    options.preset = chosen_preset(choices.engine);
    options.engine = engine;
    options.threads = choices.threads;
    if (choices.bases_in_memory) {
        options.bases_in_flight = *choices.bases_in_memory;
        for (SizeClassOptions& size_class : options.classes)
            size_class.batch_bases = std::clamp<std::int64_t>(*choices.bases_in_memory / 16, 1, size_class.batch_bases);
    }
    if (choices.batch_bases)
        for (SizeClassOptions& size_class : options.classes) {
            size_class.batch_bases = *choices.batch_bases;
            size_class.batch_features = static_cast<int>(std::min<std::int64_t>(*choices.batch_bases, 1'000'000));
        }
    return options;
}

/// Fails now rather than after hours: everything that can be known before the first base is read.
void check_before_work(const AlignChoices& choices, OutputFormat format) {
    if (choices.reference.path.empty()) throw UsageError{{"align", "REF is missing", "see `weft align --help`"}};
    if (choices.queries.empty()) throw UsageError{{"align", "QUERY is missing", "see `weft align --help`"}};
    if (choices.reference.path == "-" && std::find(choices.queries.begin(), choices.queries.end(), "-") != choices.queries.end())
        throw UsageError{{"align", "REF and QUERY cannot both be standard input", "give one of them as a file"}};
    std::vector<std::string> inputs = choices.queries;
    inputs.push_back(choices.reference.path);
    inputs.push_back(index_path_for(choices.reference.path));
    if (!choices.query_reference.empty()) inputs.push_back(choices.query_reference);
    check_output_place(choices.output.path, inputs);
    std::vector<std::string> others = companions(choices.output.path, format);
    for (const std::string& companion : others) refuse_to_replace(companion, inputs);
    if (choices.failures.empty()) return;
    std::erase(others, usual_failure_list(choices.output.path));
    others.push_back(choices.output.path);
    refuse_same_place("--failures", choices.failures, others);
    check_output_place(choices.failures, inputs);
}

/// The list of failed features, if there are any, and the exit code that says so.
void report_failures(const RunReport& report, const AlignChoices& choices) {
    const std::string usual = usual_failure_list(choices.output.path);
    const std::string& path = choices.failures.empty() ? usual : choices.failures;
    remove_failure_list(usual);   // before the new one is written: both may be one file
    if (!choices.failures.empty() || (!report.failures.empty() && !path.empty())) write_failure_list(path, report.failures);
    if (report.failures.empty()) return;
    for (std::size_t i = 0; i < report.failures.size() && i < failures_shown; ++i)
        say(fmt::format("{}: {}", report.failures[i].name, report.failures[i].message));
    say(fmt::format("{} of {} features failed and are reported as unaligned; {}", report.failed, report.features,
                    path.empty() ? "--failures FILE lists them" : path + " lists them"));
    throw EndCommand{ExitCode::partial};
}

void align(const AlignChoices& choices) {
    const auto start = std::chrono::steady_clock::now();
    const EngineOptions engine = chosen_engine_options(choices.engine);   // from here on complete and valid
    if (choices.print_options) {
        fmt::print("{}", describe(engine));
        return;
    }
    OutputOptions output = chosen_output_options(choices.output);
    check_before_work(choices, output.format);
    RunProgress progress;
    RunDisplay display{progress, {.progress_line = !choices.quiet && is_terminal(STDERR_FILENO),
                                  .before_forced_end = [&] { remove_unfinished(choices.output.path); }}};
    FeatureReader reader{choices.queries, {.keep_tags = choices.keep_tags, .reference = choices.query_reference}};

    const auto note = [&](const std::string& text) { if (!choices.quiet) say(text); };
    const auto detail = [&](const std::string& text) { if (choices.verbose) say(text); };
    const Index index = open_reference(choices.reference, engine, choices.threads, {note, detail});
    refuse_to_replace(choices.output.path, {&index.source().path, 1});
    const ParallelAligner aligner{index, parallel_options(choices, engine)};
    detail(fmt::format("preset {}, {} threads", choices.engine.preset, aligner.options().threads));

    OutputHeader header = header_of(index);
    header.read_groups = reader.collect_read_groups();
    header.command_line = command_line();
    AlignmentWriter writer{choices.output.path, output, header, letters_of(index)};

    const RunReport report = aligner.align_to_writer(reader, writer, &progress, &stop_requested());
    writer.close(&stop_requested());   // the output is complete and in place
    display.finish();

    if (!choices.quiet) {
        const RunMeasures measures{.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(),
                                   .cpu_seconds = cpu_seconds(),
                                   .threads = aligner.options().threads,
                                   .private_bytes = display.peak_private_memory(),
                                   .shared_bytes = memory_use().shared_bytes};
        fmt::print(stderr, "{}", summary_text(report, aligner.options().classes, measures));
    }
    report_failures(report, choices);
}

}  // namespace

void add_align_command(CLI::App& app) {
    CLI::App* command = app.add_subcommand("align", "Align features to a reference");
    const auto choices = std::make_shared<AlignChoices>();
    declare(*command, *choices);
    command->callback([choices] { align(*choices); });
}

}  // namespace weft
