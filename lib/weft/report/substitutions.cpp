#include "weft/report/substitutions.hpp"

#include <optional>
#include <string>
#include <string_view>

#include "weft/model/sequence.hpp"
#include "weft/record/cs_reader.hpp"
#include "weft/record/md_reader.hpp"
#include "weft/report/query_letters.hpp"

namespace weft {
namespace {

void count_pairs(const Cigar& cigar, std::string_view reference, std::string_view query, SubstitutionMatrix& matrix) {
    for (const CigarElement& element : cigar) {
        const std::size_t on_query = consumes_query(element.op) ? element.length : 0;
        const std::size_t on_reference = consumes_reference(element.op) ? element.length : 0;
        if (on_query > 0 && on_reference > 0 && element.op != CigarOp::match)
            for (std::size_t i = 0; i < on_query; ++i)
                if (upper(reference[i]) != upper(query[i])) matrix.add(reference[i], query[i]);
        query.remove_prefix(on_query);
        reference.remove_prefix(on_reference);
    }
}

}  // namespace

void SubstitutionMatrix::add(char reference, char query) {
    const Code from = code_of_letter[static_cast<unsigned char>(reference)];
    const Code to = code_of_letter[static_cast<unsigned char>(query)];
    if (from < ambiguous_code && to < ambiguous_code) ++counts_[from][to];
}

void SubstitutionMatrix::merge(const SubstitutionMatrix& other) {
    for (std::size_t from = 0; from < counts_.size(); ++from)
        for (std::size_t to = 0; to < counts_[from].size(); ++to) counts_[from][to] += other.counts_[from][to];
}

bool count_substitutions(const AlignmentRecord& record, const ReferenceText* reference, SubstitutionMatrix& matrix) {
    const auto add = [&](char from, char to) { matrix.add(from, to); };
    const std::string where = "alignment of '" + record.name + "'";
    if (!record.difference.empty()) {
        for_each_mismatch_of_cs(record.difference, where, add);
        return true;
    }
    if (record.cigar.empty() || record.sequence.empty()) return false;
    if (reference != nullptr) {
        const std::string letters = reference->letters(record.contig, record.reference);
        const std::optional<std::string> query = QueryLetters().letters(record, letters);
        if (query) count_pairs(record.cigar, letters, *query, matrix);
        return query.has_value();
    }
    if (record.reference_letters.empty()) return false;
    const std::optional<std::string> query = QueryLetters().letters(record, "");
    if (query) for_each_mismatch_of_md(record.reference_letters, record.cigar, *query, where, add);
    return query.has_value();
}

}  // namespace weft
