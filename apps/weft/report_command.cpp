// weft report: a page on alignments of any aligner, or once more the page of a pipeline's last run.
#include <filesystem>
#include <memory>
#include <optional>

#include <fmt/format.h>

#include "commands.hpp"
#include "console.hpp"
#include "pipeline_choices.hpp"
#include "signals.hpp"
#include "version.hpp"
#include "weft/bytes/output_file.hpp"
#include "weft/model/error.hpp"
#include "weft/report/analysis.hpp"
#include "weft/report/analysis_json.hpp"
#include "weft/report/analysis_tables.hpp"
#include "weft/report/page.hpp"
#include "weft/report/regions_document.hpp"
#include "weft/stages/run_report.hpp"

namespace weft {
namespace {

constexpr const char* examples = R"(Examples:
  weft report genes.bam -o genes.html                        how good are these alignments?
  weft report genes.paf --reference genome.fa -o genes.html  with the letters that were replaced
  weft report genes.bam --reference genome.fa --region chrI:1-20000 -o genes.html
                                                             with what lies there, letter by letter
  weft report genes.bam --tables tables -o genes.html        every number as TSV and JSON too
  weft report pipeline.yaml                                  the page of the last run once more, after a kill for one)";

struct ReportChoices {
    std::string input{};
    std::string output{};
    std::string reference{};
    std::string tables{};
    std::string variants{};
    std::string title{};
    std::vector<std::string> regions{};
    bool quiet = false;
};

bool is_pipeline(const std::string& path) { return path.ends_with(".yaml") || path.ends_with(".yml"); }

void report_pipeline(const ReportChoices& choices) {
    if (!choices.output.empty() || !choices.reference.empty() || !choices.tables.empty() || !choices.variants.empty() ||
        !choices.title.empty() || !choices.regions.empty())
        throw UsageError{{choices.input, "the page of a pipeline is what its stages `analyze` and `visualize` say", "give the file alone"}};
    const Pipeline pipeline = chosen_pipeline({.file = choices.input});
    PipelineOptions options;
    options.versions = versions();
    for (const std::string& page : report_last_run(pipeline, options))
        if (!choices.quiet) say("report: " + page);
}

/// The slices of the regions that are asked for, as the document for the page; empty when there are none.
std::string regions_of(const ReportChoices& choices, const ReferenceText* reference, const std::string& cram_reference) {
    if (choices.regions.empty()) return "";
    if (reference == nullptr)
        throw UsageError{{"--region", "the letters of the reference are needed for it", "give the FASTA with --reference"}};
    if (choices.input == "-") throw UsageError{{"--region", "standard input cannot be read a second time", "give a file"}};
    std::vector<RegionSlice> slices;
    for (const Region& region : checked_regions(choices.regions, reference->contigs(), "--region"))
        slices.push_back(slice_region(choices.input, cram_reference, region, *reference, {}, &stop_requested()));
    return regions_json(slices);
}

void report_alignments(const ReportChoices& choices) {
    namespace fs = std::filesystem;
    if (choices.output.empty()) throw UsageError{{"report", "there is no -o", "give a name for the page, such as -o report.html"}};
    std::error_code none;
    if (fs::equivalent(choices.output, choices.input, none)) throw UsageError{{choices.output, "is the input", "give the page another name"}};
    std::optional<ReferenceText> reference;
    if (!choices.reference.empty()) reference.emplace(ReferenceText::open(choices.reference));
    AnalysisOptions options{.reference = reference ? &*reference : nullptr};
    if (reference && reference->is_fasta()) options.cram_reference = choices.reference;
    options.stop = &stop_requested();
    if (!choices.tables.empty()) {
        fs::create_directories(choices.tables);
        options.tables_folder = choices.tables;
    }
    options.variants = choices.variants;
    const std::string regions = regions_of(choices, options.reference, options.cram_reference);
    const Analysis analysis = analyze_alignments(choices.input, options);
    if (!choices.tables.empty()) write_tables(analysis, choices.tables);
    const std::string title = choices.title.empty() ? fs::path(choices.input).filename().string() : choices.title;
    OutputFile file(choices.output);
    file.write(report_html({.title = title, .analysis_json = analysis_json(analysis), .regions_json = regions}));
    file.commit();
    if (!choices.quiet && !file.is_stream()) say("report: " + choices.output);
}

}  // namespace

void add_report_command(CLI::App& app) {
    CLI::App* command = app.add_subcommand("report", "Write a page on alignments, or on the last run of a pipeline");
    const auto choices = std::make_shared<ReportChoices>();
    command->footer(examples);
    command->add_option("INPUT", choices->input, "Alignments (SAM, BAM, CRAM or PAF), or a pipeline file (.yaml)")->required();
    command->add_option("-o,--output", choices->output, "The page; - is standard output")->type_name("FILE");
    command->add_option("--reference", choices->reference, "FASTA or index of the reference: tells which base was replaced by which, and decodes CRAM")
        ->type_name("REF");
    command->add_option("--variants", choices->variants, "Differences from the reference as VCF; .vcf.gz with an index; needs --reference")->type_name("VCF");
    command->add_option("--region", choices->regions,
                        "Show what lies there letter by letter, CONTIG:FROM-TO; repeatable; needs --reference")
        ->type_name("REGION")
        ->allow_extra_args(false);
    command->add_option("--tables", choices->tables, "Folder for every number as TSV and JSON, and for MultiQC")->type_name("FOLDER");
    command->add_option("--title", choices->title, "Title of the page");
    command->add_flag("-q,--quiet", choices->quiet, "Say nothing when all is well");
    command->callback([choices] { is_pipeline(choices->input) ? report_pipeline(*choices) : report_alignments(*choices); });
}

}  // namespace weft
