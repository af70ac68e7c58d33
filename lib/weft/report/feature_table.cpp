#include "weft/report/feature_table.hpp"

#include <string>

#include "weft/report/size_classes.hpp"

namespace weft {
namespace {

TableCell known(std::int64_t value, bool is_known) { return is_known ? TableCell(value) : TableCell(); }

}  // namespace

TableHead feature_table_head() {
    constexpr ColumnKind text = ColumnKind::text;
    constexpr ColumnKind integer = ColumnKind::integer;
    constexpr ColumnKind number = ColumnKind::number;
    return {"features",
            "Features",
            {{"name", "", text},
             {"length", "bases", integer},
             {"size_class", "", text},
             {"class", "", text},
             {"contig", "", text},
             {"begin", "", integer},
             {"end", "", integer},
             {"strand", "", text},
             {"mapq", "", integer},
             {"identity", "fraction", number},
             {"coverage", "fraction", number},
             {"matches", "bases", integer},
             {"mismatches", "bases", integer},
             {"inserted", "bases", integer},
             {"deleted", "bases", integer},
             {"gaps", "", integer},
             {"longest_gap", "bases", integer},
             {"supplementary", "alignments", integer},
             {"secondary", "alignments", integer},
             {"equal_places", "alignments", integer},
             {"score", "", integer},
             {"reason", "", text}}};
}

TableRow feature_table_row(const FeatureRow& row) {
    const bool mapped = row.mapped();
    const bool counted = mapped && row.matches + row.mismatches > 0;
    const bool gaps_known = mapped && (row.gap_opens > 0 || row.inserted + row.deleted == 0);   // not from a PAF without CIGAR
    return {row.name,
            known(row.length, row.length > 0),
            row.length > 0 ? TableCell(std::string(name_of(size_class_of(row.length)))) : TableCell(),
            std::string(word_of(row.feature_class)),
            mapped ? TableCell(row.contig) : TableCell(),
            known(row.reference.begin, mapped),
            known(row.reference.end, mapped),
            mapped ? TableCell(std::string(1, symbol(row.strand))) : TableCell(),
            known(row.mapq, mapped && row.mapq != 255),
            cell_of(row.identity()),
            cell_of(row.coverage()),
            known(row.matches, counted),
            known(row.mismatches, counted),
            known(row.inserted, mapped),
            known(row.deleted, mapped),
            known(row.gap_opens, gaps_known),
            known(row.longest_gap, gaps_known),
            std::int64_t{row.supplementary},
            std::int64_t{row.secondary},
            std::int64_t{row.equal_places},
            cell_of(row.score),
            mapped ? TableCell() : TableCell(row.reason)};
}

}  // namespace weft
