#include "weft/stages/filter_tokens.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <system_error>

namespace weft {
namespace {

using Kind = FilterToken::Kind;

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
constexpr bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
constexpr bool is_of_word(char c) { return is_letter(c) || is_digit(c); }

struct Spelling {
    std::string_view text;
    Kind kind;
    std::string_view meant;   // other than `text` where the text is a mistake
};

// Longer spellings first: the first that fits is taken.
constexpr std::array spellings{
    Spelling{"<=", Kind::relation, "<="}, Spelling{">=", Kind::relation, ">="},     Spelling{"==", Kind::relation, "=="},
    Spelling{"!=", Kind::relation, "!="}, Spelling{"!~", Kind::match, "!~"},        Spelling{"..", Kind::dots, ".."},
    Spelling{"=<", Kind::relation, "<="}, Spelling{"=>", Kind::relation, ">="},     Spelling{"<>", Kind::relation, "!="},
    Spelling{"=~", Kind::match, "~"},     Spelling{"&&", Kind::conjunction, "and"}, Spelling{"||", Kind::disjunction, "or"},
    Spelling{"<", Kind::relation, "<"},   Spelling{">", Kind::relation, ">"},       Spelling{"~", Kind::match, "~"},
    Spelling{"+", Kind::sign, "+"},       Spelling{"-", Kind::sign, "-"},           Spelling{".", Kind::sign, "."},
    Spelling{"(", Kind::open, "("},       Spelling{")", Kind::close, ")"},          Spelling{",", Kind::comma, ","},
    Spelling{"=", Kind::relation, "=="},  Spelling{"&", Kind::conjunction, "and"},  Spelling{"|", Kind::disjunction, "or"},
    Spelling{"!", Kind::negation, "not"},
};

constexpr std::array keywords{Spelling{"and", Kind::conjunction, "and"}, Spelling{"or", Kind::disjunction, "or"},
                              Spelling{"not", Kind::negation, "not"}, Spelling{"in", Kind::within, "in"}};

bool same_letters(std::string_view word, std::string_view keyword) {
    return std::equal(word.begin(), word.end(), keyword.begin(), keyword.end(), [](char a, char b) { return (a | 0x20) == b; });
}

class TokenCutter {
public:
    TokenCutter(std::string_view text, std::vector<FilterProblem>& problems) : text_(text), problems_(problems) {}

    std::vector<FilterToken> run() {
        while (true) {
            while (at_ < text_.size() && is_space(text_[at_])) ++at_;
            if (at_ == text_.size()) break;
            if (is_letter(text_[at_])) word();
            else if (is_digit(text_[at_])) number();
            else if (text_[at_] == '/') pattern();
            else other();
        }
        add(Kind::end, at_, {});
        return std::move(tokens_);
    }

private:
    template <class Condition>
    std::size_t end_of(std::size_t from, Condition condition) const {
        while (from < text_.size() && condition(text_[from])) ++from;
        return from;
    }

    FilterToken& add(Kind kind, std::size_t end, std::string_view meaning) {
        tokens_.push_back({kind, at_, end, meaning});
        at_ = end;
        return tokens_.back();
    }

    void complain(std::size_t end, std::string_view what) { problems_.push_back(problem_with(text_.substr(at_, end - at_), at_, what)); }

    void broken(std::size_t end, std::string_view what) {
        complain(end, what);
        add(Kind::broken, end, {});
    }

    void spelled(const Spelling& spelling, std::size_t end) {
        if (text_.substr(at_, end - at_) != spelling.meant) complain(end, fmt::format("unknown here; did you mean {} ?", spelling.meant));
        add(spelling.kind, end, spelling.meant);
    }

    void word() {
        const std::size_t end = end_of(at_, is_of_word);
        const std::string_view text = text_.substr(at_, end - at_);
        const auto keyword = std::find_if(keywords.begin(), keywords.end(), [&](const Spelling& known) { return same_letters(text, known.text); });
        if (keyword != keywords.end()) return spelled(*keyword, end);
        add(Kind::word, end, text);
    }

    void number() {
        std::size_t digits_end = end_of(at_, is_digit);
        if (digits_end + 1 < text_.size() && text_[digits_end] == '.' && is_digit(text_[digits_end + 1]))
            digits_end = end_of(digits_end + 1, is_digit);
        std::size_t end = digits_end;
        std::string_view exponent;
        if (end < text_.size()) {
            switch (text_[end]) {
                case '%': exponent = "e-2"; break;
                case 'k': exponent = "e3"; break;
                case 'M': exponent = "e6"; break;
                case 'G': exponent = "e9"; break;
                default: break;
            }
        }
        if (!exponent.empty()) ++end;
        const std::size_t whole = end_of(end, is_of_word);
        if (whole > end) return broken(whole, "is no number; the units are %, k, M and G");

        // Read with its exponent, 99.9% is the double nearest to 0.999, which a division by 100 would miss.
        const std::string digits = std::string(text_.substr(at_, digits_end - at_)).append(exponent);
        double value = 0;
        if (std::from_chars(digits.data(), digits.data() + digits.size(), value).ec != std::errc{})
            return broken(end, "is a number too large or too small to count with");
        add(Kind::number, end, text_.substr(at_, end - at_)).number = value;
    }

    void pattern() {
        std::size_t end = at_ + 1;
        while (end < text_.size() && text_[end] != '/') end += text_[end] == '\\' ? 2 : 1;
        if (end >= text_.size()) return broken(text_.size(), "the pattern has no / at its end");
        add(Kind::pattern, end + 1, text_.substr(at_ + 1, end - at_ - 1));
    }

    void other() {
        for (const Spelling& spelling : spellings)
            if (text_.substr(at_).starts_with(spelling.text)) return spelled(spelling, at_ + spelling.text.size());
        const auto is_unknown = [](char c) {
            return !is_space(c) && !is_of_word(c) && c != '/' &&
                   std::none_of(spellings.begin(), spellings.end(), [&](const Spelling& known) { return known.text.front() == c; });
        };
        broken(end_of(at_, is_unknown), "has no meaning here");
    }

    std::string_view text_;
    std::vector<FilterProblem>& problems_;
    std::size_t at_ = 0;
    std::vector<FilterToken> tokens_{};
};

}  // namespace

std::vector<FilterToken> filter_tokens(std::string_view text, std::vector<FilterProblem>& problems) {
    return TokenCutter(text, problems).run();
}

}  // namespace weft
