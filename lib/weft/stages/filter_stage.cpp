// filter: the features that an expression lets pass, with all their records, byte for byte as they came.
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "weft/bytes/output_file.hpp"
#include "weft/index/index_beside.hpp"
#include "weft/model/error.hpp"
#include "weft/record/alignment_copy.hpp"
#include "weft/report/feature_rows.hpp"
#include "weft/stages/filter_parser.hpp"
#include "weft/stages/output_formats.hpp"
#include "weft/stages/reference_index.hpp"
#include "weft/stages/stage_factories.hpp"

namespace weft {
namespace {

constexpr std::uint64_t look_every = 4'096;   // records between two looks at the cancellation

FilterFields fields_of(const FeatureRow& row) {
    FilterFields fields{.identity = row.identity(), .coverage = row.coverage(), .feature_class = row.feature_class, .name = row.name};
    if (row.length > 0) fields.length = row.length;
    if (!row.mapped()) return fields;
    if (row.mapq != 255) fields.mapq = row.mapq;
    if (row.score) fields.score = static_cast<double>(*row.score);
    fields.strand = symbol(row.strand);
    return fields;
}

/// What became of the features of a file: whether each passes, by rank.
struct Verdicts {
    RecordOrder order{};
    std::vector<bool> passes{};
    FilterCounts counts;
};

class FilterStage final : public Stage {
public:
    FilterStage(const Pipeline& pipeline, const StageConfig& config)
        : config_(config), where_(*parse_filter(config.settings.get<std::string>("where")).expression), asked_(alignment_format(pipeline, config)) {}

    std::vector<std::pair<std::string, std::string>> files() const override {
        std::vector<std::pair<std::string, std::string>> files{{"counts", "counts.json"}};
        for (const char* format : {"bam", "sam", "paf"}) {
            const std::string file = fmt::format("alignments.{}", format);
            files.emplace_back("alignments", file);
            files.emplace_back(format, file);
        }
        files.emplace_back("index", "alignments.bam.bai");
        files.emplace_back("index", "alignments.bam.csi");
        return files;
    }

    StageKey key(const StageInputs& inputs, InputDigests&) const override {
        StageKey key;
        key.parameters["where"] = where_.text();
        key.parameters["format"] = asked_ ? std::string(word_of(*asked_)) : std::string("as the input");
        key.add("alignments", alignments_of(inputs).digest);
        return key;
    }

    void run(StageRun& run) const override {
        Source source{.path = alignments_of(run.inputs).path};
        const OutputFormat found = format_of_alignments(source.path);
        if (found == OutputFormat::cram) source.genome = genome_of(run.inputs);
        const Verdicts verdicts = judge(source, *run.task);
        const OutputFormat format = asked_.value_or(found == OutputFormat::cram ? OutputFormat::bam : found);
        copy(source, verdicts, run / fmt::format("alignments.{}", word_of(format)), format, *run.task);

        nlohmann::ordered_json counts{{"passed", verdicts.counts.passed}, {"terms", nlohmann::ordered_json::array()}};
        for (std::size_t i = 0; i < where_.terms().size(); ++i) {
            const std::string term = text_of(where_.terms()[i]);
            counts["terms"].push_back({{"term", term}, {"rejected", verdicts.counts.rejected[i]}});
            run.task->log(fmt::format("{} features do not pass: {}", verdicts.counts.rejected[i], term));
        }
        run.task->log(fmt::format("{} of {} features pass", verdicts.counts.passed, verdicts.counts.records()));
        OutputFile file(run / "counts.json");
        file.write(counts.dump(1) + "\n");
        file.commit();
    }

private:
    struct Source {
        std::string path{};
        std::string genome{};   // FASTA, for CRAM
    };

    static const StageOutput& alignments_of(const StageInputs& inputs) {
        return inputs.get("alignments", "a stage with alignments (align, filter, or load with an input named alignments) must stand before it");
    }

    /// One pass over the file; a second one, by name, where records of one feature turn out not to be neighbours.
    Verdicts judge(const Source& source, TaskContext& task) const {
        RecordOrder order = order_of(AlignmentReader(source.path));
        for (;;) {
            Verdicts verdicts{.order = order, .counts = FilterCounts(where_)};
            FeatureRows rows(order, {}, [&](const FeatureRow& row) {
                const std::optional<std::size_t> term = where_.rejecting_term(fields_of(row));
                verdicts.counts.add(term);
                verdicts.passes.push_back(!term);
            });
            if (read_all(source, rows, task)) return verdicts;
            order.grouping = Grouping::by_name;
        }
    }

    static bool read_all(const Source& source, FeatureRows& rows, TaskContext& task) {
        AlignmentReader reader(source.path, {.reference = source.genome});
        AlignmentRecord record;
        for (std::uint64_t read = 1; reader.read(record); ++read) {
            if (!rows.add(record)) return false;
            if (read % look_every == 0) {
                task.cancel().throw_if_requested();
                task.progress(read);
            }
        }
        rows.finish();
        return true;
    }

    /// The FASTA that the records were aligned to, for the bases that CRAM leaves out; empty when there is none upstream.
    static std::string genome_of(const StageInputs& inputs) {
        const StageConfig* const align = inputs.stage_of_kind("align");
        const StageOutput* target = align != nullptr ? &target_input(inputs, *align) : inputs.find("target");
        if (target == nullptr) target = inputs.find("reference");
        return target == nullptr || is_index_file(target->path) ? "" : target->path;
    }

    static void copy(const Source& source, const Verdicts& verdicts, const std::string& target, OutputFormat format, TaskContext& task) {
        AlignmentReader reader(source.path);
        AlignmentCopy copy(source.path, source.genome, target, format);
        FeatureRows ranks(verdicts.order, {}, [](const FeatureRow&) {});
        AlignmentRecord record;
        for (std::uint64_t read = 1; reader.read(record); ++read) {
            if (!copy.next()) throw std::logic_error("two readers of one file see different records");
            if (verdicts.passes[static_cast<std::size_t>(*ranks.add(record))]) copy.keep();
            if (read % look_every == 0) task.cancel().throw_if_requested();
        }
        copy.close();
    }

    StageConfig config_;
    FilterExpression where_;
    std::optional<OutputFormat> asked_;
};

std::vector<TextProblem> check_where(std::string_view text) {
    std::vector<TextProblem> problems;
    for (const FilterProblem& problem : parse_filter(text).problems)
        problems.push_back({.offset = problem.column, .message = problem.message, .code = "W131"});
    return problems;
}

}  // namespace

StageKind filter_kind() {
    using namespace value_kind;
    std::vector<std::string> outputs = alignment_outputs();
    std::erase(outputs, "cram");   // a copy of records is SAM, BAM or PAF
    outputs.emplace_back("counts");
    return {.name = "filter",
            .version = 1,
            .help = "the features that an expression lets pass",
            .keys = {{.name = "where", .kind = checked_text(check_where), .help = "such as: identity >= 90% and coverage >= 80% and class != unmapped",
                      .required = true},
                     {.name = "format", .kind = choice({"auto", "bam", "sam", "paf"}), .help = "of the alignments; auto: the one that is asked for, else the input's",
                      .default_value = "auto"}},
            .outputs = std::move(outputs)};
}

std::unique_ptr<Stage> make_filter_stage(const Pipeline& pipeline, const StageConfig& config) {
    return std::make_unique<FilterStage>(pipeline, config);
}

}  // namespace weft
