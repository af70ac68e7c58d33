#include "weft/report/analysis.hpp"

#include <filesystem>
#include <system_error>
#include <utility>

#include "weft/model/error.hpp"
#include "weft/record/alignment_reader.hpp"
#include "weft/record/variant_writer.hpp"
#include "weft/report/contig_ranks.hpp"
#include "weft/report/feature_rows.hpp"
#include "weft/report/feature_table.hpp"

namespace weft {
namespace {

constexpr std::int64_t records_between_reports = 4'096;

// One reading of the file.
class AnalysisPass {
public:
    AnalysisPass(const std::string& path, const AnalysisOptions& options)
        : options_(options), reader_(path, {options.letters, options.cram_reference}), contigs_(reader_.contigs()) {
        analysis_.lost = LostFeatures(options.most_lost);
        analysis_.dot_plot = DotPlot(options.most_segments);
        if (!options.variants.empty()) variants_.emplace(*options.reference, options.variant_options);
        if (!options.tables_folder.empty()) table_.emplace(feature_table_head(), options.tables_folder);
    }

    RecordOrder order() const { return order_of(reader_); }

    // False when the records of a query turn out to stand apart.
    bool run(const RecordOrder& order) {
        FeatureRows rows(order, options_.thresholds, [this](const FeatureRow& row) { take_row(row); });
        std::int64_t records = 0;
        for (AlignmentRecord record; reader_.read(record);) {
            if (++records % records_between_reports == 0) report(records);
            const std::optional<std::int64_t> feature = rows.add(record);
            if (!feature) return false;
            if (record.aligned && record.role != Role::secondary) take_alignment(*feature, record);
        }
        rows.finish();
        report(records);
        return true;
    }

    Analysis finish() {
        analysis_.contigs.assign(contigs_.contigs().begin(), contigs_.contigs().end());
        analysis_.features_of_contig.resize(analysis_.contigs.size());
        if (variants_) write_variants();
        if (table_) table_->commit();
        return std::move(analysis_);
    }

private:
    void report(std::int64_t records) const {
        if (options_.stop != nullptr && options_.stop->load(std::memory_order_relaxed))
            throw Cancelled({"", "stopped while alignments were analyzed", ""});
        if (options_.progress) options_.progress(records);
    }

    void take_alignment(std::int64_t feature, const AlignmentRecord& record) {
        const std::size_t contig = contigs_.rank_of(record.contig, record.contig_length);
        analysis_.depth.add(contig, record);
        analysis_.errors.add(record, options_.reference);
        analysis_.dot_plot.add(feature, contig, record);
        if (variants_) variants_->add(feature, contig, record);
    }

    void write_variants() {
        VariantWriter writer(options_.variants, analysis_.contigs);
        analysis_.variants = variants_->give([&](const VariantRecord& variant) { writer.write(variant); });
        writer.close();
    }

    void take_row(const FeatureRow& row) {
        analysis_.features.add(row);
        analysis_.length_identity.add(row);
        analysis_.lost.add(row);
        if (table_) table_->add(feature_table_row(row));
        if (!row.mapped()) return;
        const std::size_t contig = contigs_.rank_of(row.contig, 0);
        if (analysis_.features_of_contig.size() <= contig) analysis_.features_of_contig.resize(contig + 1);
        ++analysis_.features_of_contig[contig];
    }

    const AnalysisOptions& options_;
    AlignmentReader reader_;
    ContigRanks contigs_;
    std::optional<TableWriter> table_{};
    std::optional<VariantCollector> variants_{};
    Analysis analysis_{};
};

std::string label_of(const std::string& path) { return path == "-" ? "standard input" : std::filesystem::path(path).filename().string(); }

// A pipe is gone once it is read, also one with a name.
bool can_be_read_again(const std::string& path) {
    std::error_code unknown;
    return path != "-" && std::filesystem::is_regular_file(path, unknown);
}

Analysis analyze(const std::string& path, const AnalysisOptions& options) {
    RecordOrder order;
    {
        AnalysisPass pass(path, options);
        order = pass.order();
        if (pass.run(order)) return pass.finish();
    }
    if (!can_be_read_again(path))
        throw FormatError(
            {path, "the records of a query stand apart, so the input must be read twice", "write it to a file, or sort it by name"});
    order.grouping = Grouping::by_name;
    AnalysisPass pass(path, options);
    (void)pass.run(order);
    return pass.finish();
}

}  // namespace

Analysis analyze_alignments(const std::string& path, const AnalysisOptions& options) {
    if (!options.variants.empty() && (options.reference == nullptr || !options.letters))
        throw UsageError({options.variants, "differences from the reference cannot be written without its letters", "give the reference"});
    Analysis analysis = analyze(path, options);
    analysis.label = options.label.empty() ? label_of(path) : options.label;
    return analysis;
}

}  // namespace weft
