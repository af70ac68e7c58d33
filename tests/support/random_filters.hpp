// Random filter expressions, each with what it means. The meaning is composed of functions while the text is written: it never sees
// the parser, so that it can judge the parser, the evaluation and the lint.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "weft/stages/filter_fields.hpp"

namespace weft::test {

struct RandomFilter {
    std::string text{};
    std::function<bool(const FilterFields&)> holds{};
};

class RandomFilters {
public:
    explicit RandomFilters(std::uint32_t seed) : random_(seed) {}

    std::size_t below(std::size_t limit) { return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random_); }
    bool happens(double probability) { return std::bernoulli_distribution(probability)(random_); }

    /// An `or` of `and`s of tests, nested up to `depth` deep.
    RandomFilter expression(int depth) {
        return chain(" or ", false, happens(0.6) ? 1 : 2, [&] { return chain(" and ", true, 1 + below(3), [&] { return unary(depth); }); });
    }

    RandomFilter test() {
        switch (below(8)) {
            case 0: return on_strand();
            case 1: return on_class();
            case 2: return on_classes();
            case 3: return on_pattern();
            default: return on_number();
        }
    }

    /// Values often lie on the numbers that the expressions use.
    FilterFields record() {
        FilterFields fields;
        if (happens(0.8)) fields.identity = value(shares).number;
        if (happens(0.8)) fields.coverage = value(shares).number;
        if (happens(0.8)) fields.mapq = static_cast<int>(below(2) == 0 ? below(256) : 58 + below(4));
        if (happens(0.8)) fields.length = static_cast<std::int64_t>(below(2) == 0 ? below(4) : 998 + below(5));
        if (happens(0.8)) fields.score = static_cast<double>(below(30)) / 2 - 5;
        fields.strand = "+-."[below(3)];
        if (happens(0.8)) fields.feature_class = feature_classes[below(feature_classes.size())];
        fields.name = names[below(names.size())];
        return fields;
    }

private:
    struct Number {
        std::string_view text;
        double number;
    };

    static constexpr std::array shares{Number{"0", 0},      Number{"0.5", 0.5},   Number{"50%", 0.5}, Number{"90%", 0.9},
                                       Number{"0.90", 0.9}, Number{"95%", 0.95},  Number{"1", 1},     Number{"100%", 1},
                                       Number{"1.0", 1},    Number{"0.95", 0.95}, Number{"0%", 0},    Number{"99.9%", 0.999}};
    static constexpr std::array mapqs{Number{"0", 0}, Number{"59.5", 59.5}, Number{"60", 60}, Number{"61", 61}, Number{"255", 255}, Number{"300", 300}};
    static constexpr std::array lengths{Number{"0", 0}, Number{"1", 1}, Number{"1k", 1'000}, Number{"1.001k", 1'001}, Number{"1000.5", 1'000.5}};
    static constexpr std::array scores{Number{"0", 0}, Number{"2", 2}, Number{"2.5", 2.5}, Number{"0.002k", 2}, Number{"1G", 1e9}, Number{"7M", 7e6}};
    static constexpr std::array<std::string_view, 5> names{"YAL001C", "YAL002W", "tRNA-1", "a/b", ""};

    template <std::size_t size>
    const Number& value(const std::array<Number, size>& from) {
        return from[below(size)];
    }

    std::string space() { return std::string(below(3), happens(0.9) ? ' ' : '\n'); }

    template <class Part>
    RandomFilter chain(std::string_view joint, bool all, std::size_t count, Part part) {
        std::vector<std::function<bool(const FilterFields&)>> parts;
        std::string text;
        for (std::size_t i = 0; i < count; ++i) {
            const RandomFilter next = part();
            text += (i == 0 ? "" : std::string(joint)) + next.text;
            parts.push_back(next.holds);
        }
        return {text, [parts, all](const FilterFields& record) {
                    std::size_t holding = 0;
                    for (const auto& holds : parts) holding += holds(record) ? 1 : 0;
                    return all ? holding == parts.size() : holding > 0;
                }};
    }

    RandomFilter unary(int depth) {
        if (depth == 0 || happens(0.5)) return test();
        if (happens(0.5)) {
            const RandomFilter inner = unary(depth - 1);
            return {"not " + space() + inner.text, [holds = inner.holds](const FilterFields& record) { return !holds(record); }};
        }
        const RandomFilter inner = expression(depth - 1);
        return {"(" + space() + inner.text + space() + ")", inner.holds};
    }

    RandomFilter on_number() {
        using Value = std::function<std::optional<double>(const FilterFields&)>;
        switch (below(5)) {
            case 0: return compared("identity", value(shares), value(shares), Value([](const FilterFields& r) { return r.identity; }));
            case 1: return compared("coverage", value(shares), value(shares), Value([](const FilterFields& r) { return r.coverage; }));
            case 2: return compared("mapq", value(mapqs), value(mapqs), Value([](const FilterFields& r) { return r.mapq; }));
            case 3: return compared("length", value(lengths), value(lengths), Value([](const FilterFields& r) { return r.length; }));
            default: return compared("score", value(scores), value(scores), Value([](const FilterFields& r) { return r.score; }));
        }
    }

    RandomFilter compared(std::string_view field, const Number& a, const Number& b, const std::function<std::optional<double>(const FilterFields&)>& value) {
        const auto with = [&](std::string_view sign, auto relation) {
            std::string text = std::string(field) + space() + std::string(sign) + space() + std::string(a.text);
            return RandomFilter{text, [=, number = a.number](const FilterFields& r) { return value(r) && relation(*value(r), number); }};
        };
        switch (below(7)) {
            case 0: return with("<", std::less<>{});
            case 1: return with("<=", std::less_equal<>{});
            case 2: return with(">", std::greater<>{});
            case 3: return with(">=", std::greater_equal<>{});
            case 4: return with("==", std::equal_to<>{});
            case 5: return with("!=", std::not_equal_to<>{});
            default: break;
        }
        const Number& low = a.number <= b.number ? a : b;
        const Number& high = a.number <= b.number ? b : a;
        std::string text = std::string(field) + " in " + std::string(low.text) + space() + ".." + space() + std::string(high.text);
        return {text, [value, from = low.number, to = high.number](const FilterFields& r) { return value(r) && !(*value(r) < from) && !(*value(r) > to); }};
    }

    RandomFilter on_strand() {
        const char strand = "+-."[below(3)];
        if (happens(0.5)) return {"strand ==" + space() + strand, [strand](const FilterFields& r) { return r.strand == strand; }};
        return {"strand" + space() + "!= " + strand, [strand](const FilterFields& r) { return r.strand != strand; }};
    }

    static constexpr std::array<std::string_view, 7> words{"complete", "partial", "split", "duplicate", "low_identity", "truncated", "unmapped"};

    RandomFilter on_class() {
        const std::size_t chosen = below(words.size());
        const bool equal = happens(0.5);
        return {(equal ? "class == " : "class != ") + std::string(words[chosen]), [=](const FilterFields& r) {
                    return r.feature_class.has_value() && (static_cast<std::size_t>(*r.feature_class) == chosen) == equal;
                }};
    }

    RandomFilter on_classes() {
        std::string text = "class in (";
        unsigned listed = 0;
        for (std::size_t more = 1 + below(8), i = 0; i < more; ++i) {
            const std::size_t chosen = below(words.size());
            text += (i == 0 ? "" : ",") + space() + std::string(words[chosen]);
            listed |= 1U << chosen;
        }
        return {text + ")", [=](const FilterFields& r) {
                    return r.feature_class.has_value() && (listed >> static_cast<unsigned>(*r.feature_class) & 1U) != 0;
                }};
    }

    RandomFilter on_pattern() {
        using Names = std::function<bool(std::string_view)>;
        struct Choice {
            std::string_view pattern;
            Names matches;
        };
        const std::array<Choice, 5> choices{{{"YAL.*", [](std::string_view name) { return name.starts_with("YAL"); }},
                                             {".*C", [](std::string_view name) { return name.ends_with('C'); }},
                                             {"YAL001C|tRNA-1", [](std::string_view name) { return name == "YAL001C" || name == "tRNA-1"; }},
                                             {".*\\/.*", [](std::string_view name) { return name.find('/') != std::string_view::npos; }},
                                             {"^.*t.*$", [](std::string_view name) { return name.find('t') != std::string_view::npos; }}}};
        const Choice& choice = choices[below(choices.size())];
        const bool wanted = happens(0.5);
        const std::string text = (wanted ? "~" : "!~") + space() + "/" + std::string(choice.pattern) + "/";
        if (happens(0.5)) return {"name " + text, [=, matches = choice.matches](const FilterFields& r) { return matches(r.name) == wanted; }};
        return {"class " + text, [=, matches = choice.matches](const FilterFields& r) {
                    return r.feature_class.has_value() && matches(words[static_cast<std::size_t>(*r.feature_class)]) == wanted;
                }};
    }

    std::mt19937 random_;
};

}  // namespace weft::test
