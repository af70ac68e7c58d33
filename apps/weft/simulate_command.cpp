// weft simulate: a test set whose answer is known.
#include <fmt/format.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "commands.hpp"
#include "console.hpp"
#include "number_options.hpp"
#include "output_choices.hpp"
#include "weft/model/error.hpp"
#include "weft/report/text_table.hpp"
#include "weft/simulate/simulate.hpp"

namespace weft {
namespace {

constexpr Range<std::int64_t> any_size{0, INT64_MAX};
constexpr Range<std::int64_t> any_count{0, INT32_MAX};
constexpr Range<double> share{0, 1};

struct SimulateArguments {
    SimulateOptions options{};
    std::string random{};        // LENGTH[,GC[,CONTIGS]]
    std::string event_sizes{};   // SHORTEST,LONGEST
    std::string kinds{};
    std::string windows{};
    std::string windows_each{};
    std::string output{};
    bool quiet = false;
};

std::vector<std::string> split_at_commas(const std::string& text, const std::string& option) {
    std::vector<std::string> parts;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find(',', at), text.size());
        parts.push_back(text.substr(at, end - at));
        if (parts.back().empty()) throw UsageError({option, fmt::format("'{}' has an empty part", text), ""});
        at = end + 1;
    }
    return parts;
}

RandomGenomeOptions parse_random(const std::string& text) {
    const std::vector<std::string> parts = split_at_commas(text, "--random");
    if (parts.size() > 3) throw UsageError({"--random", fmt::format("'{}' has more than three parts", text), "give LENGTH, LENGTH,GC or LENGTH,GC,CONTIGS"});
    RandomGenomeOptions genome;
    genome.length = parse_size(parts[0], "--random LENGTH", any_size);
    if (parts.size() > 1) genome.gc = parse_real(parts[1], "--random GC", share);
    if (parts.size() > 2) genome.contigs = static_cast<int>(parse_whole(parts[2], "--random CONTIGS", any_count));
    return genome;
}

SimulateOptions complete(const SimulateArguments& arguments) {
    SimulateOptions options = arguments.options;
    if (!arguments.random.empty()) options.random = parse_random(arguments.random);
    if (!arguments.event_sizes.empty()) {
        const std::vector<std::string> parts = split_at_commas(arguments.event_sizes, "--event-sizes");
        if (parts.size() != 2) throw UsageError({"--event-sizes", fmt::format("'{}' is not a pair", arguments.event_sizes), "give SHORTEST,LONGEST"});
        options.events.shortest = parse_size(parts[0], "--event-sizes", any_size);
        options.events.longest = parse_size(parts[1], "--event-sizes", any_size);
    }
    if (!arguments.kinds.empty()) options.kinds = split_at_commas(arguments.kinds, "--kinds");
    if (!arguments.windows.empty())
        for (const std::string& size : split_at_commas(arguments.windows, "--window")) options.windows.sizes.push_back(parse_size(size, "--window", any_size));
    if (!arguments.windows_each.empty()) {
        options.windows.each.clear();
        for (const std::string& count : split_at_commas(arguments.windows_each, "--windows-each"))
            options.windows.each.push_back(static_cast<int>(parse_whole(count, "--windows-each", any_count)));
    }
    return options;
}

std::string summary(const SimulateReport& report) {
    TextTable table;
    const auto number = [](std::int64_t count) { return with_commas(count); };
    table.add({"source", number(static_cast<std::int64_t>(report.contigs)), "contigs,", number(report.source_bases), "bases"});
    table.add({"target", "", "", number(report.target_bases), "bases"});
    std::string title = "large events";
    for (std::size_t kind = 0; kind < event_kinds; ++kind)
        if (report.events[kind] > 0) table.add({std::exchange(title, ""), number(report.events[kind]), std::string(name_of(static_cast<EventKind>(kind))) + "s"});
    const ChangeCounts& changes = report.changes;
    table.add({"small changes", number(changes.substitutions), "substitutions"});
    table.add({"", number(changes.insertions), "insertions,", number(changes.inserted_bases), "bases"});
    table.add({"", number(changes.deletions), "deletions,", number(changes.deleted_bases), "bases"});
    table.add({"features", number(report.features), "sequences,", number(report.feature_bases), "bases"});
    table.add({"", number(report.features_by_presence[0]), "present on the target (at least 90 %)"});
    table.add({"", number(report.features_by_presence[1]), "partial (10 to 90 %)"});
    table.add({"", number(report.features_by_presence[2]), "absent"});
    if (report.annotation_left_out > 0) table.add({"", number(report.annotation_left_out), "annotated ones left out: too short"});
    if (report.windows_left_out > 0) table.add({"", number(report.windows_left_out), "windows left out: no place, or in N"});
    if (report.reads > 0) table.add({"reads", number(report.reads), "reads,", number(report.read_bases), "bases"});
    for (std::size_t i = 0; i < report.files.size(); ++i) table.add({i == 0 ? "written" : "", report.files[i]});
    return table.text();
}

constexpr char examples[] = R"(Examples:
  weft simulate --random 1M,0.41,4 --window 300,3000 -o set
      a random genome of 4 contigs, its evolved target, and 1,000 features with their true places
  weft simulate --genome yeast.fa.gz --annotation yeast.gff3.gz --kinds gene --divergence 0.02 -o yeast-2
      every gene of an annotation against a target that differs in 2 % of the bases
  weft simulate --genome yeast.fa.gz --events 0 --divergence 0 --reads 1000 --read-kind ont -o reads
      long reads with errors, of a genome that did not change

What it writes: target.fa (align to this), features.fa (align these), truth.tsv (where they lie on the target,
for `weft compare --truth`), blocks.tsv (source and target block by block), source.fa with --random, reads.fq
and reads.truth.tsv with --reads. The set depends on the options and the seed alone, on every machine.)";

}  // namespace

void add_simulate_command(CLI::App& app) {
    CLI::App& command = *app.add_subcommand("simulate", "Evolve a genome and cut features from it: a test set whose answer is known");
    const auto arguments = std::make_shared<SimulateArguments>();
    SimulateOptions& options = arguments->options;

    command.add_option("--genome", options.genome, "FASTA of the source genome (plain or gzip)")->type_name("FASTA")->group("Source");
    command.add_option("--random", arguments->random, "Make the source: length, share of G and C [0.4], contigs [1]; with repeats, N runs, soft-masking")
        ->type_name("LENGTH,GC,CONTIGS")->group("Source");
    command.add_option("-o,--output", arguments->output, "Folder for the set")->type_name("FOLDER")->required()->group("Source");
    add_whole(command, "--seed", options.seed, {0, INT64_MAX}, "Seed: another seed, another set")->group("Source");

    add_real(command, "--divergence", options.mutations.divergence, {0, 0.5}, "Small changes per base")->group("Evolution");
    add_real(command, "--indel-share", options.mutations.indel_share, share, "Share of them that are insertions or deletions")->group("Evolution");
    add_real(command, "--long-indel-share", options.mutations.long_indel_share, share, "Share of the indels that are long (30 bases and more)")->group("Evolution");
    add_whole(command, "--longest-indel", options.mutations.longest_indel, {30, 1'000'000}, "Longest of these, bases")->group("Evolution");
    add_whole(command, "--events", options.events.count, {0, 1'000'000}, "Large events: deletions, insertions, inversions, relocations, duplications, tandem duplications in turn")
        ->group("Evolution");
    command.add_option("--event-sizes", arguments->event_sizes, "Shortest and longest block of an event, bases [500,15000]")->type_name("MIN,MAX")->group("Evolution");

    command.add_option("--annotation", options.annotation, "GFF3 of the source (plain or gzip) whose features are cut out")->type_name("GFF3")->group("Features");
    command.add_option("--kinds", arguments->kinds, "Types of the annotation that become features [gene]")->type_name("TYPE,...")->group("Features");
    command.add_option("--window", arguments->windows, "Windows at random places: mean sizes, bases")->type_name("SIZE,...")->group("Features");
    command.add_option("--windows-each", arguments->windows_each, "Windows per size [500]: one number, or one for each size")->type_name("N,...")->group("Features");
    add_size(command, "--shortest", options.shortest, {1, 1'000'000'000}, "Shortest feature, bases")->group("Features");
    add_whole(command, "--absent", options.absent, {0, 10'000'000}, "Features of random sequence that is nowhere on the target")->group("Features");

    std::string kinds;
    for (const ReadKind& kind : read_kinds()) kinds += fmt::format("\n{} ({})", kind.name, kind.purpose);
    add_whole(command, "--reads", options.reads.count, any_count, "Reads of the source")->group("Reads");
    command.add_option("--read-kind", options.reads.kind, "Machine:" + kinds)->type_name("KIND")->capture_default_str()->group("Reads");
    add_size(command, "--read-length", options.reads.length, {30, 10'000'000}, "Mean length instead of the kind's, bases")->group("Reads");
    add_real(command, "--error", options.reads.error, {0, 0.4}, "Errors per base instead of the kind's")->group("Reads");

    command.add_flag("-q,--quiet", arguments->quiet, "No summary");
    command.footer(examples);
    command.callback([arguments] {
        const SimulateOptions wanted = complete(*arguments);
        std::vector<std::string> inputs;
        for (const std::string& input : {wanted.genome, wanted.annotation})
            if (!input.empty()) inputs.push_back(input);
        for (const std::string& file : set_files(wanted, arguments->output)) refuse_to_replace(file, inputs);
        const SimulateReport report = simulate(wanted, arguments->output);
        if (!arguments->quiet) fmt::print(stderr, "{}", summary(report));
    });
}

}  // namespace weft
