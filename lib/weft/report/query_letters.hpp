// The letters of a query, from wherever they can be had: the record itself, another record of the query, a sequence file, or the
// differences that a cs tag keeps.
//
// Aligners write a sequence once: secondary records have none, supplementary ones only their part, PAF has none at all.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "weft/model/coordinates.hpp"
#include "weft/model/feature.hpp"
#include "weft/record/alignment_reader.hpp"

namespace weft {

/// Sequences by name, longest part first. Not thread-safe while it is filled.
class QueryLetters {
public:
    QueryLetters() = default;
    /// What is not found here is looked for in `behind`, which must outlive this.
    explicit QueryLetters(const QueryLetters* behind) : behind_(behind) {}

    /// Takes up the sequence of a record or feature, unless a longer part of that query is known.
    void offer(const AlignmentRecord& record);
    void offer(const Feature& feature);

    /// Letters of `record.query` along the forward reference, or nothing when they are not known. `reference` holds the letters
    /// of record.reference, from which a brief cs tag is completed. Throws FormatError for a cs tag that does not fit.
    std::optional<std::string> letters(const AlignmentRecord& record, std::string_view reference) const;

    /// Whether `letters` would find the whole interval of the record, or its cs tag.
    bool knows(const AlignmentRecord& record) const;

private:
    struct Part {
        std::int64_t begin = 0;   // on the query
        std::string letters{};
    };

    static std::optional<std::string> cut(const Part& part, QueryInterval interval);
    std::optional<std::string> find(const AlignmentRecord& record) const;

    const QueryLetters* behind_ = nullptr;
    std::map<std::string, Part, std::less<>> parts_{};
};

}  // namespace weft
