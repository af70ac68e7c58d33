#include "output_choices.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>

#include <fmt/format.h>

#include "console.hpp"
#include "failure_list.hpp"
#include "number_options.hpp"
#include "weft/bytes/output_file.hpp"
#include "weft/model/error.hpp"
#include "weft/record/sam_header.hpp"

namespace weft {
namespace {

constexpr const char* output = "Output";
constexpr std::array index_extensions{".bai", ".csi", ".crai"};

std::optional<OutputFormat> format_named(const std::string& name) {
    if (name == "sam") return OutputFormat::sam;
    if (name == "bam") return OutputFormat::bam;
    if (name == "cram") return OutputFormat::cram;
    if (name == "paf") return OutputFormat::paf;
    return std::nullopt;
}

/// --format, else -a and -c, else the extension, else SAM.
OutputFormat chosen_format(const OutputChoices& choices) {
    std::optional<OutputFormat> format;
    if (!choices.format.empty()) {
        format = format_named(choices.format);
        if (!format) throw UsageError{{"--format", "there is no format " + choices.format, "use sam, bam, cram or paf"}};
    } else if (!is_standard_output(choices.path)) {
        format = format_of_path(choices.path);
        if (!format && !choices.sam && !choices.paf_cigar)
            throw UsageError{{choices.path, "the extension names no output format", "use .sam, .bam, .cram or .paf, or give --format"}};
    }
    if (choices.sam && format == OutputFormat::paf) throw UsageError{{"-a", "asks for SAM, but the output is PAF", "give one of them"}};
    if (!format) format = choices.paf_cigar && !choices.sam ? OutputFormat::paf : OutputFormat::sam;
    return *format;
}

CsTag chosen_cs(const std::string& name) {
    if (name.empty()) return CsTag::none;
    if (name == "short") return CsTag::brief;
    if (name == "long") return CsTag::full;
    throw UsageError{{"--cs", "'" + name + "' is neither short nor long", ""}};
}

/// "\t" as shells pass it on becomes a tab.
std::string with_tabs(std::string text) {
    for (std::size_t at = text.find("\\t"); at != std::string::npos; at = text.find("\\t", at + 1)) text.replace(at, 2, "\t");
    return text;
}

void need(bool given, const char* option, bool possible, const char* formats) {
    if (given && !possible) throw UsageError{{option, fmt::format("needs {} output", formats), ""}};
}

/// Where a file is or would be, whatever the links on the way.
std::filesystem::path place_of(const std::string& path) {
    std::error_code ignored;
    return std::filesystem::weakly_canonical(std::filesystem::absolute(followed(path), ignored), ignored);
}

bool same_file(const std::string& a, const std::string& b) {
    std::error_code missing;
    if (std::filesystem::exists(a, missing) && std::filesystem::exists(b, missing)) return std::filesystem::equivalent(a, b, missing);
    return place_of(a) == place_of(b);
}

/// A name by which standard output can be compared with files: the shell may have sent it to one.
std::string named(const std::string& path) { return is_standard_output(path) ? "/dev/stdout" : path; }

}  // namespace

void add_output_options(CLI::App& command, OutputChoices& choices) {
    command.add_option("-o,--output", choices.path, "Output file; - is standard output")->type_name("FILE")->default_str("-")->group(output);
    command.add_option("--format", choices.format, "sam, bam, cram or paf; by default as the extension of -o says, else sam")
        ->type_name("NAME")->group(output);
    command.add_flag("-a", choices.sam, "SAM")->group(output);
    command.add_flag("-c", choices.paf_cigar, "PAF with the CIGAR (cg tag); other formats have it anyway")->group(output);
    command.add_flag("--sort", choices.sort, "Sort BAM or CRAM by coordinate and write its index")->group(output);
    add_size(command, "--sort-memory", choices.sort_memory, {1'000'000, 1'000'000'000'000}, "Memory for sorting, in bytes; what is more goes to disk")
        ->default_str("1G")->group(output);
    command.add_flag("--csi", choices.csi, "With --sort: a CSI index also where a BAI is possible")->group(output);
    add_whole(command, "--compression-level", choices.level, {-1, 9}, "Compression of BAM and CRAM, 0 to 9; -1 is the format's own")->group(output);
    command.add_flag("--eqx", choices.eqx, "= and X instead of M in the CIGAR")->group(output);
    command.add_flag("--MD", choices.md, "MD tag")->group(output);
    command.add_flag("--cs{short}", choices.cs, "cs tag; =short (the default) or =long")->group(output);
    command.add_flag("-Y", choices.soft_clip, "Soft clips and whole sequence in supplementary records")->group(output);
    command.add_flag("--secondary-seq", choices.secondary_seq, "Sequence and qualities in secondary records too")->group(output);
    command.add_option("-R,--read-group", choices.read_group, "Read group line for all features, such as '@RG\\tID:1\\tSM:sample'")->type_name("LINE")->group(output);
    command.add_flag("-y", choices.copy_comment, "Copy the comments of FASTA and FASTQ headers into the records")->group(output);
    command.add_flag("--paf-no-hit", choices.paf_no_hit, "A PAF line for features without alignment")->group(output);
    command.add_flag("--sam-hit-only", choices.sam_hit_only, "No SAM, BAM or CRAM records for features without alignment")->group(output);
}

OutputOptions chosen_output_options(const OutputChoices& choices) {
    OutputOptions options;
    options.format = chosen_format(choices);
    const bool paf = options.format == OutputFormat::paf;
    const bool binary = options.format == OutputFormat::bam || options.format == OutputFormat::cram;
    need(choices.sort, "--sort", binary, "BAM or CRAM");
    need(choices.csi, "--csi", choices.sort && options.format == OutputFormat::bam, "sorted BAM");
    need(choices.level >= 0, "--compression-level", binary, "BAM or CRAM");
    need(choices.paf_no_hit, "--paf-no-hit", paf, "PAF");
    need(choices.sam_hit_only, "--sam-hit-only", !paf, "SAM, BAM or CRAM");
    need(choices.soft_clip, "-Y", !paf, "SAM, BAM or CRAM");
    need(choices.secondary_seq, "--secondary-seq", !paf, "SAM, BAM or CRAM");
    need(!choices.read_group.empty(), "--read-group", !paf, "SAM, BAM or CRAM");
    if (binary && is_standard_output(choices.path) && is_terminal(STDOUT_FILENO))
        throw UsageError{{"standard output", "BAM and CRAM are not for terminals", "give -o FILE or send the output into a pipe"}};

    options.extended_cigar = choices.eqx;
    options.md = choices.md;
    options.cs = chosen_cs(choices.cs);
    options.paf_cigar = choices.paf_cigar && paf;
    options.soft_clip_supplementary = choices.soft_clip;
    options.copy_comment = choices.copy_comment;
    options.paf_no_hit = choices.paf_no_hit;
    options.read_group = with_tabs(choices.read_group);
    if (!options.read_group.empty()) (void)read_group_id(options.read_group);   // the writer would refuse it, but later
    if (options.extended_cigar && options.format == OutputFormat::cram)
        throw UsageError{{"--eqx", "CRAM stores = and X as M", "write BAM, or leave --eqx out"}};
    options.secondary_sequence = choices.secondary_seq;
    options.sam_hit_only = choices.sam_hit_only;
    options.csi_index = choices.csi;
    options.sort = choices.sort;
    options.sort_memory = choices.sort_memory;
    options.compression_level = choices.level;
    return options;
}

bool is_standard_output(const std::string& path) { return path.empty() || path == "-"; }

std::vector<std::string> companions(const std::string& path, OutputFormat format) {
    if (is_stream_target(path)) return {};
    std::vector<std::string> files{usual_failure_list(path)};
    if (format == OutputFormat::bam || format == OutputFormat::cram)
        for (const char* extension : index_extensions) files.push_back(path + extension);
    return files;
}

void refuse_to_replace(const std::string& path, std::span<const std::string> inputs) {
    if (is_standard_output(path)) return;
    for (const std::string& input : inputs)
        if (same_file(path, input)) throw UsageError{{path, "the output is also an input", "write it under another name"}};
}

void refuse_same_place(const std::string& option, const std::string& path, std::span<const std::string> others) {
    const std::string place = named(path);
    const bool swallowed = !is_standard_output(path) && same_file(path, "/dev/null");
    for (const std::string& other : others)
        if (same_file(place, named(other)) && !swallowed)
            throw UsageError{{option, fmt::format("{} is already where {} goes", is_standard_output(path) ? "standard output" : path,
                                                  is_standard_output(other) ? "the output" : other),
                              "give another file"}};
}

void check_output_place(const std::string& path, std::span<const std::string> inputs) {
    if (is_standard_output(path)) return;
    refuse_to_replace(path, inputs);
    std::error_code missing;
    const std::filesystem::file_status status = std::filesystem::status(path, missing);
    const bool to_be_created = !std::filesystem::exists(status) || std::filesystem::is_regular_file(status);
    if (to_be_created || std::filesystem::is_directory(status)) OutputFile{path}.discard();   // creating says more than asking
}

void remove_unfinished(const std::string& path) {
    if (is_standard_output(path)) return;
    const std::filesystem::path target = place_of(path);
    const std::string name = target.filename().string();
    std::vector<std::string> destinations{name};
    for (const char* extension : index_extensions) destinations.push_back(name + extension);
    std::error_code ignored;
    for (const std::filesystem::directory_entry& entry : std::filesystem::directory_iterator{target.parent_path(), ignored}) {
        const std::string file = entry.path().filename().string();
        const auto is_own = [&](const std::string& destination) { return is_temporary_name(file, destination, ::getpid()); };
        if (std::any_of(destinations.begin(), destinations.end(), is_own)) std::filesystem::remove(entry.path(), ignored);
    }
}

}  // namespace weft
