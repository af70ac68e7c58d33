// analyze: alignments to tables, histograms and the document behind the report.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "weft/bytes/output_file.hpp"
#include "weft/executor/file_steps.hpp"
#include "weft/model/error.hpp"
#include "weft/report/analysis.hpp"
#include "weft/report/analysis_json.hpp"
#include "weft/report/analysis_tables.hpp"
#include "weft/stages/reference_index.hpp"
#include "weft/stages/skipped_items.hpp"
#include "weft/stages/stage_factories.hpp"

namespace weft {
namespace {

constexpr std::size_t most_skipped = 1'000;

/// "results of a filter" as the document has them.
FilteredFeatures filtered_by(const std::string& counts_file) {
    const nlohmann::json counts = nlohmann::json::parse(content_of_file(counts_file));
    FilteredFeatures filtered{.passed = counts.at("passed").get<std::int64_t>()};
    for (const nlohmann::json& term : counts.at("terms"))
        filtered.terms.push_back({term.at("term").get<std::string>(), term.at("rejected").get<std::int64_t>()});
    return filtered;
}

class AnalyzeStage final : public Stage {
public:
    AnalyzeStage(const Pipeline& pipeline, const StageConfig& config) : config_(config), label_(config.settings.get<std::string>("label")) {
        if (label_.empty()) label_ = config.key.empty() ? pipeline.name : config.key;
        for (const StageConfig& stage : pipeline.stages)
            if (stage.kind == "filter") filters_.insert(stage.name);
    }

    std::vector<std::pair<std::string, std::string>> files() const override {
        return {{"analysis", "analysis.json"}, {"tables", "tables"}, {"summary", "tables/summary.json"}, {"variants", "variants"}};
    }

    StageKey key(const StageInputs& inputs, InputDigests&) const override {
        StageKey key;
        key.parameters["label"] = label_;
        key.parameters["variants"] = config_.settings.get<bool>("variants");
        key.add("alignments", alignments_of(inputs).digest);
        if (const StageOutput* const counts = counts_of(inputs)) key.add("filter counts", counts->digest);
        if (const StageOutput* const skipped = skipped_in(inputs)) key.add("failures", skipped->digest);
        if (const StageOutput* const reference = reference_of(inputs)) key.add("reference", reference->digest);
        return key;
    }

    std::int64_t usual_memory() const override { return 100'000'000; }

    void run(StageRun& run) const override {
        std::optional<ReferenceText> reference;
        if (const StageOutput* const input = reference_of(run.inputs)) reference.emplace(ReferenceText::open(input->path));
        std::filesystem::create_directories(run / "tables");
        AnalysisOptions options{.label = label_, .tables_folder = run / "tables", .reference = reference ? &*reference : nullptr};
        if (reference && config_.settings.get<bool>("variants")) {
            std::filesystem::create_directories(run / "variants");
            options.variants = run / "variants/variants.vcf.gz";
        }
        options.stop = run.task->cancel().flag();
        options.progress = [&](std::int64_t records) { run.task->progress(static_cast<std::uint64_t>(records)); };
        Analysis analysis = analyze_alignments(alignments_of(run.inputs).path, options);
        if (const StageOutput* const counts = counts_of(run.inputs)) analysis.filtered = filtered_by(counts->path);
        add_skipped(run.inputs, analysis);
        write_tables(analysis, run / "tables");
        OutputFile file(run / "analysis.json");
        file.write(analysis_json(analysis));
        file.commit();
    }

private:
    /// Of all features where there is a choice: those that a filter has rejected belong into the tables too.
    const StageOutput& alignments_of(const StageInputs& inputs) const {
        const StageOutput* filtered = nullptr;
        for (const StageResult* result : inputs.direct()) {
            const auto found = result->outputs.find("alignments");
            if (found == result->outputs.end()) continue;
            if (!filters_.contains(result->stage)) return found->second;
            if (filtered == nullptr) filtered = &found->second;
        }
        return filtered != nullptr ? *filtered : inputs.get("alignments", "a stage with alignments must stand before it");
    }

    const StageOutput* counts_of(const StageInputs& inputs) const {
        for (const StageResult* result : inputs.direct())
            if (filters_.contains(result->stage)) return &result->outputs.at("counts");
        return nullptr;
    }

    const StageOutput* reference_of(const StageInputs& inputs) const {
        if (inputs.find("target") == nullptr && inputs.find("reference") == nullptr && config_.settings.find("target") == nullptr) return nullptr;
        return &target_input(inputs, config_);
    }

    /// The records that the features were made without; null when there are none.
    static const StageOutput* skipped_in(const StageInputs& inputs) {
        const StageConfig* const parse = inputs.stage_of_kind("parse");
        const StageResult* const result = parse == nullptr ? nullptr : inputs.result_of(parse->name);
        if (result == nullptr) return nullptr;
        const auto found = result->outputs.find("failures");
        return found == result->outputs.end() ? nullptr : &found->second;
    }

    static void add_skipped(const StageInputs& inputs, Analysis& analysis) {
        const StageOutput* const list = skipped_in(inputs);
        if (list == nullptr) return;
        std::vector<SkippedItem> items = read_skipped_items(list->path);
        analysis.skipped_total = static_cast<std::int64_t>(items.size());
        items.resize(std::min(items.size(), most_skipped));
        for (SkippedItem& item : items) analysis.skipped.push_back({std::move(item.where), std::move(item.feature), std::move(item.reason)});
    }

    StageConfig config_;
    std::string label_;
    std::set<std::string> filters_{};   // names of stages
};

}  // namespace

StageKind analyze_kind() {
    using namespace value_kind;
    return {.name = "analyze",
            .version = 1,
            .help = "alignments to tables, histograms and the data of the report",
            .keys = {{.name = "label", .kind = text(), .help = "what the sample is called; without it the foreach item or the pipeline", .default_value = "\"\""},
                     {.name = "target", .kind = text(), .help = "the input that was aligned to; without it target, or reference where there is none"},
                     {.name = "variants", .kind = boolean(), .help = "differences from the reference as VCF, where the reference is known", .default_value = "true"}},
            .outputs = {"analysis", "tables", "summary", "variants"}};
}

std::unique_ptr<Stage> make_analyze_stage(const Pipeline& pipeline, const StageConfig& config) {
    return std::make_unique<AnalyzeStage>(pipeline, config);
}

}  // namespace weft
