#include "weft/report/analysis_tables.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "weft/bytes/output_file.hpp"
#include "weft/model/sequence.hpp"
#include "weft/report/analysis_json.hpp"
#include "weft/report/multiqc.hpp"
#include "weft/report/size_classes.hpp"

namespace weft {
namespace {

constexpr std::size_t most_depth_rows = 5'000;

TableColumn text(const char* name) { return {name, "", ColumnKind::text}; }
TableColumn integer(const char* name, const char* unit = "") { return {name, unit, ColumnKind::integer}; }
TableColumn number(const char* name, const char* unit = "") { return {name, unit, ColumnKind::number}; }

TableCell word(std::string_view value) { return std::string(value); }

TableCell share(std::int64_t part, std::int64_t whole) {
    return whole == 0 ? TableCell() : TableCell(static_cast<double>(part) / static_cast<double>(whole));
}

Table classes_table(const FeatureCounts& features) {
    Table table{{"classes",
                 "Features by class and size",
                 {text("class"), integer("features"), number("share", "fraction"), integer("below_1kb", "features"),
                  integer("1_to_10kb", "features"), integer("above_10kb", "features")}},
                {}};
    for (const FeatureClass feature_class : feature_classes) {
        const std::int64_t count = features.features(feature_class);
        TableRow row{word(word_of(feature_class)), count, share(count, features.total())};
        for (const SizeClassCounts& size : features.by_size) row.emplace_back(size.by_class[static_cast<std::size_t>(feature_class)]);
        table.rows.push_back(std::move(row));
    }
    return table;
}

Table size_classes_table(const FeatureCounts& features) {
    Table table{{"size_classes",
                 "Features by size",
                 {text("size_class"), integer("features"), integer("placed", "features"), integer("bases", "bases"),
                  number("identity_mean", "fraction")}},
                {}};
    for (std::size_t i = 0; i < size_classes; ++i) {
        const SizeClassCounts& size = features.by_size[i];
        table.rows.push_back({word(size_class_names[i]), size.features(), size.placed(), size.bases, cell_of(size.identity.mean())});
    }
    return table;
}

Table lost_reasons_table(const FeatureCounts& features) {
    Table table{{"lost_reasons", "Why features are unmapped", {text("reason"), integer("features")}}, {}};
    for (const ReasonCount& row : features.lost_reasons()) table.rows.push_back({row.reason, row.features});
    return table;
}

Table lost_features_table(const LostFeatures& lost) {
    Table table{{"lost_features",
                 "Features that were not placed well, at most the first " + std::to_string(lost.most()),
                 {text("name"), integer("length", "bases"), text("class"), text("reason")}},
                {}};
    for (const LostFeature& row : lost.rows())
        table.rows.push_back(
            {row.name, row.length > 0 ? TableCell(row.length) : TableCell(), word(word_of(row.feature_class)), row.reason});
    return table;
}

Table contigs_table(const Analysis& analysis) {
    Table table{
        {"contigs",
         "Contigs: placed features, depth of alignments, share of the bases under an alignment",
         {text("contig"), integer("length", "bases"), integer("features"), number("depth", "alignments"), number("breadth", "fraction")}},
        {}};
    for (std::size_t i = 0; i < analysis.contigs.size(); ++i)
        table.rows.push_back({analysis.contigs[i].name, analysis.contigs[i].length, analysis.features_of_contig[i], analysis.depth.mean(i),
                              analysis.depth.breadth(i)});
    return table;
}

Table depth_table(const Analysis& analysis) {
    Table table{{"depth",
                 "Depth of alignments along the contigs",
                 {text("contig"), integer("begin"), integer("end"), number("mean", "alignments")}},
                {}};
    for (const DepthBins& bins : analysis.depth.bins(analysis.contigs, most_depth_rows)) {
        const ContigRecord& contig = analysis.contigs[bins.contig];
        for (std::size_t i = 0; i < bins.mean.size(); ++i) {
            const std::int64_t begin = static_cast<std::int64_t>(i) * bins.bin;
            table.rows.push_back({contig.name, begin, std::min(begin + bins.bin, contig.length), bins.mean[i]});
        }
    }
    return table;
}

Table fraction_table(const char* name, const char* title, const Histogram& histogram) {
    Table table{{name, title, {number("from", "fraction"), number("to", "fraction"), integer("features")}}, {}};
    for (std::size_t i = 0; i < histogram.counts().size(); ++i)
        table.rows.push_back({histogram.edges()[i], histogram.edges()[i + 1], histogram.counts()[i]});
    return table;
}

Table length_table(const Histogram& lengths) {
    const Histogram histogram = lengths.trimmed();
    Table table{{"length", "Lengths of all features", {integer("from", "bases"), integer("to", "bases"), integer("features")}}, {}};
    for (std::size_t i = 0; i < histogram.counts().size(); ++i)
        table.rows.push_back({static_cast<std::int64_t>(histogram.edges()[i]), static_cast<std::int64_t>(histogram.edges()[i + 1]),
                              histogram.counts()[i]});
    return table;
}

Table mapq_table(const FeatureCounts& features) {
    Table table{{"mapq", "Mapping quality of placed features; without a number: not known", {integer("mapq"), integer("features")}}, {}};
    for (std::size_t i = 0; i < features.mapq.size(); ++i) table.rows.push_back({static_cast<std::int64_t>(i), features.mapq[i]});
    table.rows.push_back({TableCell(), features.mapq_unknown});
    return table;
}

Table errors_table(const ErrorProfile& errors) {
    return {{"errors",
             "Differences from the reference",
             {text("kind"), integer("events"), integer("bases", "bases"), number("per_kilobase", "events per 1,000 aligned bases")}},
            {{word("mismatches"), errors.mismatches(), errors.mismatches(), cell_of(errors.mismatches_per_kilobase())},
             {word("insertions"), errors.insertions(), errors.inserted_bases(), cell_of(errors.insertions_per_kilobase())},
             {word("deletions"), errors.deletions(), errors.deleted_bases(), cell_of(errors.deletions_per_kilobase())}}};
}

Table substitutions_table(const SubstitutionMatrix& matrix) {
    Table table{{"substitutions",
                 "Bases of features by the base of the reference",
                 {text("reference"), text("feature"), integer("bases", "bases")}},
                {}};
    for (Code from = 0; from < 4; ++from)
        for (Code to = 0; to < 4; ++to)
            if (to != from)
                table.rows.push_back({std::string(1, letter_of_code(from)), std::string(1, letter_of_code(to)), matrix.count(from, to)});
    return table;
}

void add_lengths(const char* kind, const LengthCounts& lengths, Table& table) {
    for (const auto& [length, count] : lengths.counts()) table.rows.push_back({word(kind), length, count});
}

Table gap_lengths_table(const ErrorProfile& errors) {
    Table table{{"gap_lengths",
                 "Lengths of insertions and deletions, above 1,000 bases rounded down to two digits",
                 {text("kind"), integer("length", "bases"), integer("count")}},
                {}};
    add_lengths("insertion", errors.insertion_lengths(), table);
    add_lengths("deletion", errors.deletion_lengths(), table);
    return table;
}

Table clipped_ends_table(const FeatureCounts& features) {
    Table table{{"clipped_ends",
                 "Bases that are not aligned at the ends of placed features, above 1,000 bases rounded down to two digits",
                 {text("end"), integer("length", "bases"), integer("features")}},
                {}};
    add_lengths("begin", features.begin_missing, table);
    add_lengths("end", features.end_missing, table);
    return table;
}

Table dot_plot_table(const Analysis& analysis) {
    Table table{{"dot_plot",
                 "Stretches of alignments without gaps above 1 kb, the longest ones",
                 {text("name"), integer("query_begin"), integer("query_end"), text("contig"), integer("begin"), integer("end"),
                  text("strand"), number("identity", "fraction")}},
                {}};
    for (const DotPlotSegment& segment : analysis.dot_plot.segments())
        table.rows.push_back({analysis.dot_plot.queries().at(segment.feature).name, segment.query.begin, segment.query.end,
                              analysis.contigs[segment.contig].name, segment.reference.begin, segment.reference.end,
                              std::string(1, symbol(segment.strand)), cell_of(segment.identity)});
    return table;
}

void write_text(const std::string& path, const std::string& content) {
    OutputFile file(path);
    file.write(content);
    file.commit();
}

}  // namespace

std::vector<Table> analysis_tables(const Analysis& analysis) {
    std::vector<Table> tables{
        classes_table(analysis.features),
        size_classes_table(analysis.features),
        lost_reasons_table(analysis.features),
        lost_features_table(analysis.lost),
        contigs_table(analysis),
        depth_table(analysis),
        fraction_table("identity", "Identity of placed features", analysis.features.identity_histogram),
        fraction_table("coverage", "Share of the bases of placed features that is aligned", analysis.features.coverage_histogram),
        length_table(analysis.features.length_histogram),
        mapq_table(analysis.features),
        errors_table(analysis.errors),
        gap_lengths_table(analysis.errors),
        clipped_ends_table(analysis.features),
        dot_plot_table(analysis),
    };
    if (const auto matrix = analysis.errors.substitutions()) tables.push_back(substitutions_table(*matrix));
    return tables;
}

void write_tables(const Analysis& analysis, const std::string& folder) {
    for (const Table& table : analysis_tables(analysis)) write_table(table, folder);
    write_text(folder + "/summary.json", summary_json(analysis));
    for (const MultiqcFile& file : multiqc_files(analysis)) write_text(folder + "/" + file.name, file.content);
}

}  // namespace weft
