#include "weft/record/cs_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "weft/model/error.hpp"
#include "weft/model/sequence.hpp"

namespace weft {
namespace {

constexpr std::uint32_t longest_run = (1u << 28) - 1;   // of a CIGAR element

// One operation of cs: its kind, how many bases, and its letters where it has any.
struct Operation {
    char kind;
    std::uint32_t length;
    std::string_view letters;
};

// Takes operations off the front of a cs value.
class Operations {
public:
    Operations(std::string_view text, const std::string& where) : rest_(text), where_(where) {}

    bool next(Operation& operation) {
        if (rest_.empty()) return false;
        operation.kind = rest_.front();
        rest_.remove_prefix(1);
        operation.letters = {};
        switch (operation.kind) {
            case ':': operation.length = take_number(); break;
            case '=':
            case '+':
            case '-':
                operation.letters = take_letters();
                operation.length = static_cast<std::uint32_t>(operation.letters.size());
                break;
            case '*':
                operation.letters = rest_.substr(0, 2);
                if (!all_letters(operation.letters) || operation.letters.size() < 2) refuse("'*' needs two letters");
                rest_.remove_prefix(2);
                operation.length = 1;
                break;
            case '~': {
                take_site();
                operation.length = take_number();
                take_site();
                break;
            }
            default: refuse(fmt::format("'{}' is no operation of cs", operation.kind));
        }
        return true;
    }

    [[noreturn]] void refuse(const std::string& problem) const { throw FormatError({where_, "tag cs: " + problem, ""}); }

private:
    static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
    static bool all_letters(std::string_view text) { return std::all_of(text.begin(), text.end(), is_letter); }

    std::uint32_t take_number() {
        std::uint32_t number = 0;
        const auto [end, fault] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), number);
        if (fault != std::errc{} || number == 0 || number > longest_run) refuse("a length is missing or out of range");
        rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
        return number;
    }

    std::string_view take_letters() {
        const auto end = std::find_if_not(rest_.begin(), rest_.end(), is_letter);
        const std::string_view letters(rest_.data(), static_cast<std::size_t>(end - rest_.begin()));
        if (letters.empty() || letters.size() > longest_run) refuse("an operation without letters");
        rest_.remove_prefix(letters.size());
        return letters;
    }

    void take_site() {
        if (rest_.size() < 2 || !all_letters(rest_.substr(0, 2))) refuse("'~' needs the letters of a splice site");
        rest_.remove_prefix(2);
    }

    std::string_view rest_;
    const std::string& where_;
};

CigarOp op_of(char kind) {
    switch (kind) {
        case '*': return CigarOp::mismatch;
        case '+': return CigarOp::insertion;
        case '-': return CigarOp::deletion;
        case '~': return CigarOp::skip;
        default: return CigarOp::match;
    }
}

}  // namespace

Cigar cigar_of_cs(std::string_view cs, const std::string& where) {
    Cigar cigar;
    Operations operations(cs, where);
    for (Operation operation{}; operations.next(operation);) append(cigar, op_of(operation.kind), operation.length);
    return cigar;
}

void for_each_mismatch_of_cs(std::string_view cs, const std::string& where, const std::function<void(char, char)>& visit) {
    Operations operations(cs, where);
    for (Operation operation{}; operations.next(operation);)
        if (operation.kind == '*') visit(upper(operation.letters[0]), upper(operation.letters[1]));
}

std::string query_of_cs(std::string_view cs, std::string_view reference, const std::string& where) {
    std::string query;
    std::size_t at = 0;   // of the reference
    Operations operations(cs, where);
    for (Operation operation{}; operations.next(operation);) {
        const CigarOp op = op_of(operation.kind);
        if (consumes_reference(op) && operation.length > reference.size() - at)
            operations.refuse(fmt::format("covers more than the {} reference bases of its alignment", reference.size()));
        if (operation.kind == ':')
            query += reference.substr(at, operation.length);
        else if (operation.kind == '*')
            query += operation.letters[1];
        else if (consumes_query(op))
            query += operation.letters;
        if (consumes_reference(op)) at += operation.length;
    }
    if (at != reference.size())
        operations.refuse(fmt::format("covers {} of the {} reference bases of its alignment", at, reference.size()));
    std::transform(query.begin(), query.end(), query.begin(), upper);
    return query;
}

}  // namespace weft
