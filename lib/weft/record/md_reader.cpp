#include "weft/record/md_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "weft/model/error.hpp"
#include "weft/model/sequence.hpp"

namespace weft {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

[[noreturn]] void refuse(const std::string& where, const std::string& problem) { throw FormatError({where, "tag MD: " + problem, ""}); }

// Walks over the columns that have a base of both sequences: MD counts these only.
class PairedColumns {
public:
    PairedColumns(std::span<const CigarElement> cigar, std::string_view query, const std::string& where)
        : cigar_(cigar), query_(query), where_(where) {}

    void skip(std::uint64_t columns) {
        while (columns > 0) {
            enter();
            const std::uint64_t step = std::min<std::uint64_t>(columns, left_);
            left_ -= static_cast<std::uint32_t>(step);
            at_ += step;
            columns -= step;
        }
    }

    // The query's letter in the next column.
    char take() {
        enter();
        if (at_ >= query_.size()) refuse(where_, "its alignment is longer than its letters");
        --left_;
        return upper(query_[at_++]);
    }

    bool at_end() {
        while (left_ == 0 && !cigar_.empty()) next_element();
        return left_ == 0;
    }

private:
    void enter() {
        if (at_end()) refuse(where_, "it is longer than the alignment");
    }

    void next_element() {
        const CigarElement element = cigar_.front();
        cigar_ = cigar_.subspan(1);
        if (consumes_query(element.op) && consumes_reference(element.op))
            left_ = element.length;
        else if (consumes_query(element.op))
            at_ += element.length;
    }

    std::span<const CigarElement> cigar_;   // what is to come
    std::string_view query_;
    const std::string& where_;
    std::uint32_t left_ = 0;   // columns of the current element
    std::uint64_t at_ = 0;     // on the query
};

}  // namespace

void for_each_mismatch_of_md(std::string_view md, std::span<const CigarElement> cigar, std::string_view query, const std::string& where,
                             const std::function<void(char, char)>& visit) {
    PairedColumns columns(cigar, query, where);
    while (!md.empty()) {
        if (is_digit(md.front())) {
            std::uint64_t matches = 0;
            const auto [end, fault] = std::from_chars(md.data(), md.data() + md.size(), matches);
            if (fault != std::errc{}) refuse(where, "a number of matches is out of range");
            columns.skip(matches);
            md.remove_prefix(static_cast<std::size_t>(end - md.data()));
        } else if (md.front() == '^') {
            const auto end = std::find_if_not(md.begin() + 1, md.end(), is_letter);
            if (end == md.begin() + 1) refuse(where, "a deletion without letters");
            md.remove_prefix(static_cast<std::size_t>(end - md.begin()));
        } else if (is_letter(md.front())) {
            visit(upper(md.front()), columns.take());
            md.remove_prefix(1);
        } else {
            refuse(where, fmt::format("'{}' is neither a number nor a letter", md.front()));
        }
    }
    if (!columns.at_end()) refuse(where, "it is shorter than the alignment");
}

}  // namespace weft
