// weft index: a reference FASTA to an index file, once, so that every later run starts immediately.
#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>

#include <fmt/format.h>

#include "commands.hpp"
#include "console.hpp"
#include "number_options.hpp"
#include "output_choices.hpp"
#include "quantities.hpp"
#include "run_summary.hpp"
#include "signals.hpp"
#include "weft/index/index_beside.hpp"
#include "weft/model/error.hpp"
#include "weft/parallel/engine_options.hpp"
#include "weft/record/reference_reader.hpp"

namespace weft {
namespace {

/// Everything that was typed.
struct IndexChoices {
    std::string reference{};
    std::string output{};
    std::string preset{};
    std::optional<int> k{};
    std::optional<int> w{};
    int threads = 0;
    bool check = false;
    bool quiet = false;
};

constexpr const char* examples = R"(Examples:
  weft index genome.fa.gz                  genome.fa.gz.weft, where `weft align genome.fa.gz` finds it
  weft index genome.fa -o genome.weft      another name: give it to `weft align` instead of the FASTA
  weft index genome.fa -x short -o s.weft  with the k and w that a preset of `weft align` wants
  weft index --check genome.fa.gz.weft     reads every byte and says whether the index is sound)";

void declare(CLI::App& command, IndexChoices& choices) {
    command.footer(examples);
    command.add_option("REF", choices.reference, "Reference: FASTA, plain, gzip or BGZF; with --check: an index")->required();
    command.add_option("-o,--output", choices.output, "The index; by default REF.weft, beside the FASTA")->type_name("FILE");
    command.add_option("-x,--preset", choices.preset, "Take k and w from this preset of `weft align`")->type_name("PRESET");
    add_whole(command, "-k", choices.k, {9, 28}, "Bases per minimizer [15]");
    add_whole(command, "-w", choices.w, {1, 255}, "K-mers per window, one of which is kept [10]");
    add_threads(command, choices.threads);
    command.add_flag("--check", choices.check, "Check an index instead of building one");
    command.add_flag("-q,--quiet", choices.quiet, "No summary");
}

IndexOptions chosen_options(const IndexChoices& choices) {
    IndexOptions options{.threads = choices.threads};
    if (!choices.preset.empty()) {
        const std::optional<Preset> preset = preset_named(choices.preset);
        if (!preset) throw UsageError{{"-x", "there is no preset " + choices.preset, "see `weft align --help` for the presets"}};
        const EngineOptions engine = options_of(*preset);
        options.k = engine.k;
        options.w = engine.w;
    }
    options.k = choices.k.value_or(options.k);
    options.w = choices.w.value_or(options.w);
    return options;
}

std::string chosen_output(const IndexChoices& choices) {
    if (!choices.output.empty()) return choices.output;
    if (choices.reference == "-") throw UsageError{{"index", "the reference comes from standard input", "name the index with -o FILE"}};
    return index_path_for(choices.reference);
}

/// An index may take the place of an index, but of nothing else.
bool replaces_index(const std::string& path) {
    std::error_code missing;
    if (!std::filesystem::is_regular_file(path, missing) || std::filesystem::file_size(path, missing) == 0) return false;
    if (!begins_like_index(path)) throw UsageError{{path, "exists and is no index", "give another -o, or remove it first"}};
    return true;
}

void go_on() {
    if (stop_requested()) throw Cancelled{{"index", "stopped"}};
}

class Stopwatch {
public:
    /// Seconds since the last lap, or the start.
    double lap() {
        const auto now = std::chrono::steady_clock::now();
        return std::chrono::duration<double>(now - std::exchange(last_, now)).count();
    }

private:
    std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

std::string description(const Index& index) {
    const auto contigs = index.contigs();
    const auto per_base = static_cast<double>(index.minimizers()) / static_cast<double>(index.total_length());
    return fmt::format("  reference   {}, {} in {} contig{}\n", index.source().path, bases_text(static_cast<std::uint64_t>(index.total_length())),
                       with_commas(contigs), contigs == 1 ? "" : "s") +
           fmt::format("  minimizers  {}, {} distinct, k {}, w {}, {:.3f} per base\n", with_commas(index.minimizers()),
                       with_commas(index.distinct_minimizers()), index.k(), index.w(), per_base);
}

void check(const IndexChoices& choices) {
    if (!choices.output.empty()) throw UsageError{{"index", "--check writes no file", "leave -o out"}};
    if (choices.k || choices.w || !choices.preset.empty()) throw UsageError{{"index", "--check takes an index as it is", "leave -k, -w and -x out"}};
    const Index index = Index::open(choices.reference, {.verify = true});
    if (choices.quiet) return;
    fmt::print("{}: the index is sound, {}\n{}", choices.reference, bytes_text(std::filesystem::file_size(choices.reference)), description(index));
}

void build(const IndexChoices& choices) {
    const IndexOptions options = chosen_options(choices);
    const std::string output = chosen_output(choices);
    check_output_place(output, std::span(&choices.reference, 1));
    const bool replaced = !is_standard_output(output) && replaces_index(output);

    Stopwatch watch;
    Reference reference = read_reference(choices.reference);
    const double reading = watch.lap();
    go_on();
    const Index index = Index::build(std::move(reference.contigs), options, reference.source, &stop_requested());
    const double building = watch.lap();
    go_on();
    index.save(output);   // complete and in place
    const double writing = watch.lap();

    if (choices.quiet) return;
    const std::string size = is_standard_output(output) ? "" : ", " + bytes_text(std::filesystem::file_size(output));
    fmt::print(stderr, "weft: {}{}{}\n{}", is_standard_output(output) ? "standard output" : output, size, replaced ? ", in place of an older index" : "",
               description(index));
    fmt::print(stderr, "  time        {:.2f} s (reading {:.2f}, building {:.2f}, writing {:.2f}), {:.2f} s CPU\n", reading + building + writing, reading,
               building, writing, cpu_seconds());
}

}  // namespace

void add_index_command(CLI::App& app) {
    CLI::App* command = app.add_subcommand("index", "Build the index of a reference, or check one");
    const auto choices = std::make_shared<IndexChoices>();
    declare(*command, *choices);
    command->callback([choices] { choices->check ? check(*choices) : build(*choices); });
}

}  // namespace weft
