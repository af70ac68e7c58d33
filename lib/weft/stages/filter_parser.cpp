#include "weft/stages/filter_parser.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "weft/model/error.hpp"
#include "weft/model/nearest_names.hpp"
#include "weft/stages/filter_tokens.hpp"

namespace weft {
namespace {

using Kind = FilterToken::Kind;

constexpr std::string_view number_relations = "<, <=, >, >=, == or !=";

NumberRelation relation_of(std::string_view sign) {
    if (sign == "<") return NumberRelation::less;
    if (sign == "<=") return NumberRelation::at_most;
    if (sign == ">") return NumberRelation::greater;
    if (sign == ">=") return NumberRelation::at_least;
    return sign == "==" ? NumberRelation::equal : NumberRelation::unequal;
}

bool is_share(FilterField field) { return field == FilterField::identity || field == FilterField::coverage; }

/// "did you mean complete?", or all there is to choose from.
template <class Values>
std::string suggestion(std::string_view word, const Values& values, std::string_view plural) {
    NearestNames nearest{std::string(word)};
    std::string all;
    for (const auto value : values) {
        nearest.offer(word_of(value));
        all += (all.empty() ? "" : ", ") + std::string(word_of(value));
    }
    return nearest.names().empty() ? fmt::format("{} are {}", plural, all) : nearest.question();
}

/// One pass over the tokens. After a problem it goes on behind the test at fault; what it then builds is thrown away in the end, but
/// shows the problems that follow.
class FilterParser {
public:
    explicit FilterParser(std::string_view text) : text_(text), tokens_(filter_tokens(text, problems_)) {}

    ParsedFilter run() {
        FilterNode tree;
        if (next().kind == Kind::end)
            problems_.push_back({0, "the expression is empty; give a test such as identity >= 0.9"});
        else
            tree = any_of();
        while (next().kind == Kind::close) {
            complain(next(), "closes nothing; there is no ( for it");
            take();
            if (next().kind == Kind::conjunction || next().kind == Kind::disjunction) take();
            if (next().kind != Kind::close && next().kind != Kind::end) any_of();
        }
        std::stable_sort(problems_.begin(), problems_.end(), [](const FilterProblem& a, const FilterProblem& b) { return a.column < b.column; });
        if (!problems_.empty()) return {std::nullopt, std::move(problems_)};
        return {FilterExpression(std::move(tree)), {}};
    }

private:
    // Tokens.

    const FilterToken& next() const { return tokens_[at_]; }
    const FilterToken& after_next() const { return tokens_[std::min(at_ + 1, tokens_.size() - 1)]; }

    /// The end is never taken, so that next() always is a token.
    const FilterToken& take() {
        const FilterToken& taken = tokens_[at_];
        if (taken.kind != Kind::end) ++at_;
        return taken;
    }

    bool take_if(Kind kind) {
        const bool fits = next().kind == kind;
        if (fits) take();
        return fits;
    }

    /// Up to the end of a test, over whatever it encloses in parentheses.
    void skip_test() {
        std::vector<const FilterToken*> opened;
        for (; next().kind != Kind::end; take()) {
            const Kind kind = next().kind;
            if (opened.empty() && (kind == Kind::conjunction || kind == Kind::disjunction || kind == Kind::close)) return;
            if (kind == Kind::open) opened.push_back(&next());
            if (kind == Kind::close) opened.pop_back();
        }
        if (!opened.empty()) complain(*opened.front(), "is never closed");
    }

    // Problems.

    void complain(std::size_t begin, std::size_t end, std::string_view what) {
        if (!gave_up_) problems_.push_back(problem_with(text_.substr(begin, end - begin), begin, what));
    }
    void complain(const FilterToken& token, std::string_view what) { complain(token.begin, token.end, what); }

    /// What comes next is not what the test needs. Says so, unless it has been complained about already, and skips the test.
    FilterNode refuse_next(std::size_t begin, std::string_view needed) {
        const FilterToken& found = next();
        const bool ends = found.kind == Kind::end || found.kind == Kind::close || found.kind == Kind::conjunction ||
                          found.kind == Kind::disjunction;
        if (ends)
            complain(begin, tokens_[at_ - 1].end, fmt::format("is cut short; {}", needed));
        else if (found.kind != Kind::broken)
            complain(found, fmt::format("is out of place; {}", needed));
        skip_test();
        return {};
    }

    // The grammar, outside in.

    FilterNode any_of() {
        std::vector<FilterNode> parts;
        do join(parts, all_of(), FilterNode::Kind::any);
        while (take_if(Kind::disjunction));
        return joined(FilterNode::Kind::any, std::move(parts));
    }

    FilterNode all_of() {
        std::vector<FilterNode> parts;
        while (true) {
            join(parts, unary(), FilterNode::Kind::all);
            if (take_if(Kind::conjunction)) continue;
            const Kind kind = next().kind;
            if (kind == Kind::disjunction || kind == Kind::close || kind == Kind::end) break;
            if (kind == Kind::word || kind == Kind::negation || kind == Kind::open) {
                complain(next(), "there is no and or or before it");
                continue;
            }
            if (kind != Kind::broken) complain(next(), "the test before it is complete; go on with and or or");
            skip_test();
            if (!take_if(Kind::conjunction)) break;
        }
        return joined(FilterNode::Kind::all, std::move(parts));
    }

    /// A part of the same kind gives its own parts: chains are flat.
    static void join(std::vector<FilterNode>& parts, FilterNode part, FilterNode::Kind kind) {
        if (part.kind == kind)
            std::move(part.parts.begin(), part.parts.end(), std::back_inserter(parts));
        else
            parts.push_back(std::move(part));
    }

    static FilterNode joined(FilterNode::Kind kind, std::vector<FilterNode> parts) {
        if (parts.size() == 1) return std::move(parts.front());
        FilterNode node;
        node.kind = kind;
        node.column = parts.front().column;
        node.parts = std::move(parts);
        return node;
    }

    FilterNode unary() {
        const FilterToken& first = next();
        if (first.kind != Kind::negation && first.kind != Kind::open) return test();
        if (depth_ == deepest_filter) {
            complain(first, fmt::format("more than {} parentheses and nots around each other", deepest_filter));
            gave_up_ = true;   // whatever is missing from here on is missing because of this
            at_ = tokens_.size() - 1;
            return {};
        }
        ++depth_;
        FilterNode node = first.kind == Kind::negation ? negation() : parenthesis();
        --depth_;
        return node;
    }

    FilterNode negation() {
        FilterNode node;
        node.kind = FilterNode::Kind::negation;
        node.column = take().begin;
        node.parts.push_back(unary());
        return node;
    }

    FilterNode parenthesis() {
        const FilterToken& open = take();
        FilterNode node = any_of();
        if (!take_if(Kind::close)) complain(open, "is never closed");
        return node;
    }

    // Tests.

    FilterNode test() {
        const FilterToken& first = next();
        switch (first.kind) {
            case Kind::word: break;
            case Kind::broken: skip_test(); return {};
            case Kind::conjunction:
            case Kind::disjunction: complain(first, "there is no test before it"); return {};
            case Kind::close:
            case Kind::end:
                if (at_ > 0) complain(tokens_[at_ - 1], "there is no test after it");   // a ) at the very beginning: run() says so
                return {};
            default:
                complain(first, "a test begins with a field, as in identity >= 0.9");
                skip_test();
                return {};
        }
        const std::optional<FilterField> field = field_of_word(first.text);
        if (!field) {
            complain(first, "unknown field; " + (class_of_word(first.text) ? fmt::format("did you mean class == {} ?", first.text)
                                                                           : suggestion(first.text, filter_fields, "fields")));
            skip_test();
            return {};
        }
        take();
        switch (*field) {
            case FilterField::strand: return strand_test(first);
            case FilterField::feature_class: return class_test(first);
            case FilterField::name: return name_test(first);
            default: return number_test(*field, first);
        }
    }

    static FilterNode leaf(const FilterToken& first, FilterTest test) {
        FilterNode node;
        node.column = first.begin;
        node.test = std::move(test);
        return node;
    }

    FilterNode number_test(FilterField field, const FilterToken& first) {
        if (next().kind == Kind::match) {
            complain(next(), fmt::format("{} is a number; compare it by {}", first.text, number_relations));
            skip_test();
            return {};
        }
        if (next().kind == Kind::relation) {
            const NumberRelation relation = relation_of(take().text);
            if (next().kind != Kind::number) return refuse_number(first);
            const FilterToken& number = take();
            check_number(field, number, first);
            return leaf(first, NumberTest{field, relation, number.number});
        }
        if (!take_if(Kind::within)) return refuse_next(first.begin, fmt::format("compare {} by {}", first.text, number_relations));
        if (next().kind != Kind::number) return refuse_number(first);
        const FilterToken& low = take();
        if (!take_if(Kind::dots)) return refuse_next(first.begin, "a range is written LOW..HIGH");
        if (next().kind != Kind::number) return refuse_number(first);
        const FilterToken& high = take();
        const bool in_range = check_number(field, low, first) && check_number(field, high, first);
        if (in_range && low.number > high.number)
            complain(first.begin, high.end, fmt::format("the range is empty; did you mean {}..{} ?", high.text, low.text));
        return leaf(first, RangeTest{field, low.number, high.number});
    }

    FilterNode refuse_number(const FilterToken& field) {
        const FilterToken& sign = next();
        const FilterToken& number = after_next();
        if (sign.kind != Kind::sign || number.kind != Kind::number || number.begin != sign.end)
            return refuse_next(field.begin, fmt::format("{} needs a number", field.text));
        complain(sign.begin, number.end, sign.text == "." ? fmt::format("did you mean 0.{} ?", number.text) : "numbers have no sign here");
        skip_test();
        return {};
    }

    /// Whether the number, the last that was taken, can be a value of the field; complains otherwise.
    bool check_number(FilterField field, const FilterToken& number, const FilterToken& first) {
        const std::size_t end = tokens_[at_ - 1].end;
        const std::string_view word = first.text;
        if (!is_share(field)) {
            const bool fits = !number.text.ends_with('%');
            if (!fits) complain(first.begin, end, fmt::format("{} is no share; only identity and coverage are given in %", word));
            return fits;
        }
        if (number.number <= 1) return true;
        const bool is_percentage = number.number <= 100 && is_digit_last(number.text);
        complain(first.begin, end, fmt::format("{} goes from 0 to 1{}", word, is_percentage ? fmt::format("; did you mean {}% ?", number.text) : ""));
        return false;
    }

    static bool is_digit_last(std::string_view number) { return number.back() >= '0' && number.back() <= '9'; }

    /// `==` or `!=`: whether it is the former; nothing when it is neither.
    std::optional<bool> equality() {
        if (next().kind != Kind::relation || (next().text != "==" && next().text != "!=")) return std::nullopt;
        return take().text == "==";
    }

    FilterNode strand_test(const FilterToken& first) {
        const std::optional<bool> equal = equality();
        if (!equal) return refuse_next(first.begin, "compare strand by == or !=");
        if (next().kind != Kind::sign) return refuse_next(first.begin, "a strand is +, - or .");
        return leaf(first, StrandTest{*equal, take().text.front()});
    }

    FilterNode class_test(const FilterToken& first) {
        if (next().kind == Kind::match) return pattern_test(FilterField::feature_class, first);
        if (next().kind == Kind::negation && after_next().kind == Kind::within) {
            complain(first.begin, after_next().end, "did you mean not class in (...) ?");
            skip_test();
            return {};
        }
        if (const std::optional<bool> equal = equality()) {
            if (next().kind != Kind::word) return refuse_next(first.begin, "class needs a word such as complete");
            return leaf(first, ClassTest{*equal, {class_word()}});
        }
        if (!take_if(Kind::within)) return refuse_next(first.begin, "compare class by ==, !=, in (...), ~ or !~");
        if (!take_if(Kind::open)) return refuse_next(first.begin, "a list of classes is written (complete, partial)");
        return class_list(first, tokens_[at_ - 1]);
    }

    FilterNode class_list(const FilterToken& first, const FilterToken& open) {
        std::vector<FeatureClass> classes;
        do {
            if (next().kind != Kind::word) return refuse_in_list(open, "a class is missing here");
            classes.push_back(class_word());
        } while (take_if(Kind::comma));
        if (next().kind != Kind::close) return refuse_in_list(open, "classes are separated by commas");
        take();
        std::sort(classes.begin(), classes.end());
        classes.erase(std::unique(classes.begin(), classes.end()), classes.end());
        return leaf(first, ClassTest{true, std::move(classes)});
    }

    /// Like refuse_next, but within the parentheses of a list, whose end is not the end of what encloses the test.
    FilterNode refuse_in_list(const FilterToken& open, std::string_view what) {
        if (next().kind == Kind::end) {
            complain(open, "is never closed");
            return {};
        }
        if (next().kind != Kind::broken) complain(next(), what);
        while (next().kind != Kind::end && !take_if(Kind::close)) take();
        return {};
    }

    /// Unknown words give any class, besides the problem.
    FeatureClass class_word() {
        const FilterToken& token = take();
        const std::optional<FeatureClass> known = class_of_word(token.text);
        if (!known) complain(token, "unknown class; " + suggestion(token.text, feature_classes, "classes"));
        return known.value_or(FeatureClass::complete);
    }

    FilterNode name_test(const FilterToken& first) {
        if (next().kind == Kind::match) return pattern_test(FilterField::name, first);
        const bool example = next().kind == Kind::relation && after_next().kind == Kind::word;
        return refuse_next(first.begin, fmt::format("a name is matched by a pattern, as in name ~ /{}/", example ? after_next().text : "YAL.*"));
    }

    FilterNode pattern_test(FilterField field, const FilterToken& first) {
        const bool matches = take().text == "~";
        if (next().kind != Kind::pattern) return refuse_next(first.begin, "a pattern stands between slashes, as in /YAL.*/");
        const FilterToken& pattern = take();
        try {
            return leaf(first, PatternTest{field, matches, FilterPattern(pattern.text)});
        } catch (const UsageError& error) {
            complain(pattern, "is no pattern: " + error.problem());
            return {};
        }
    }

    std::string_view text_;
    std::vector<FilterProblem> problems_{};
    std::vector<FilterToken> tokens_;
    std::size_t at_ = 0;
    std::size_t depth_ = 0;
    bool gave_up_ = false;
};

}  // namespace

ParsedFilter parse_filter(std::string_view text) { return FilterParser(text).run(); }

}  // namespace weft
