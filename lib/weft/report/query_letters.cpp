#include "weft/report/query_letters.hpp"

#include "weft/model/sequence.hpp"
#include "weft/record/cs_reader.hpp"

namespace weft {

void QueryLetters::offer(const AlignmentRecord& record) {
    if (record.sequence.empty()) return;
    Part& part = parts_[record.name];
    if (part.letters.size() < record.sequence.size()) part = {record.sequence_begin, record.sequence};
}

void QueryLetters::offer(const Feature& feature) {
    Part& part = parts_[feature.name];
    if (part.letters.size() < feature.sequence.size()) part = {0, feature.sequence};
}

std::optional<std::string> QueryLetters::cut(const Part& part, QueryInterval interval) {
    const std::int64_t begin = interval.begin - part.begin;
    if (begin < 0 || interval.end > part.begin + std::ssize(part.letters)) return std::nullopt;
    return part.letters.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(interval.length()));
}

std::optional<std::string> QueryLetters::find(const AlignmentRecord& record) const {
    if (const auto known = parts_.find(record.name); known != parts_.end())
        if (std::optional<std::string> found = cut(known->second, record.query)) return found;
    return behind_ == nullptr ? std::nullopt : behind_->find(record);
}

std::optional<std::string> QueryLetters::letters(const AlignmentRecord& record, std::string_view reference) const {
    std::optional<std::string> found = cut({record.sequence_begin, record.sequence}, record.query);
    if (!found) found = find(record);
    if (found) return record.strand == Strand::forward ? *found : reverse_complement(*found);
    if (record.difference.empty()) return std::nullopt;
    return query_of_cs(record.difference, reference, "alignment of '" + record.name + "'");
}

bool QueryLetters::knows(const AlignmentRecord& record) const {
    return !record.difference.empty() || cut({record.sequence_begin, record.sequence}, record.query) || find(record).has_value();
}

}  // namespace weft
