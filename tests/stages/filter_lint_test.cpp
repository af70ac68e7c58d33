#include "weft/stages/filter_lint.hpp"

#include <catch2/catch.hpp>

#include <set>
#include <utility>

#include "support/random_filters.hpp"
#include "weft/stages/filter_parser.hpp"

using namespace weft;

namespace {

std::vector<FilterProblem> findings(std::string_view text) {
    const ParsedFilter parsed = parse_filter(text);
    REQUIRE(parsed.expression);
    return lint_filter(*parsed.expression);
}

struct Row {
    std::string_view text;
    std::vector<FilterProblem> findings;
};

}  // namespace

TEST_CASE("parts that can never hold are named", "[filter]") {
    const std::vector<Row> rows{
        {"mapq > 255", {{0, "'mapq > 255': can never hold"}}},
        {"mapq >= 0 or mapq in 256..300", {{0, "'mapq >= 0': holds for every record that has mapq"}, {13, "'mapq in 256..300': can never hold"}}},
        {"mapq == 59.5", {{0, "'mapq == 59.5': can never hold"}}},
        {"length < 0", {{0, "'length < 0': can never hold"}}},
        {"length > 10000000000G", {{0, "'length > 10000000000000000000': can never hold"}}},
        {"identity < 0", {{0, "'identity < 0': can never hold"}}},
        {"identity > 100%", {{0, "'identity > 1': can never hold"}}},
        {"class ~ /whole/", {{0, "'class ~ /whole/': can never hold"}}},
        {"identity > 0.9 and identity < 0.5", {{19, "'identity < 0.5': can never hold together with 'identity > 0.9'"}}},
        {"identity > 0.9 and coverage > 0.5 and identity == 0.9", {{38, "'identity == 0.9': can never hold together with 'identity > 0.9'"}}},
        {"mapq > 60 and mapq < 61", {{14, "'mapq < 61': can never hold together with 'mapq > 60'"}}},
        {"class == split and class == complete", {{19, "'class == complete': can never hold together with 'class == split'"}}},
        {"class == split and not class in (split, partial)", {{19, "'not class in (partial, split)': can never hold together with 'class == split'"}}},
        {"strand != + and strand != - and strand != .", {{0, "'strand != + and strand != - and strand != .': can never hold"}}},
        {"name ~ /a/ and not name ~ /a/", {{15, "'not name ~ /a/': can never hold together with 'name ~ /a/'"}}},
        {"name ~ /a/ and name !~ /a/", {{15, "'name !~ /a/': can never hold together with 'name ~ /a/'"}}},
        {"mapq > 9 and (mapq < 5 or mapq < 2 and coverage > 0.5)",
         {{14, "'mapq < 5 or mapq < 2 and coverage > 0.5': can never hold together with 'mapq > 9'"}}},
        {"coverage > 0.5 or mapq > 9 and mapq < 5", {{31, "'mapq < 5': can never hold together with 'mapq > 9'"}}},
        {"mapq > 300 and mapq > 9", {{0, "'mapq > 300': can never hold"}}},   // the whole then needs no finding of its own
    };
    for (const Row& row : rows) {
        INFO(row.text);
        CHECK(findings(row.text) == row.findings);
    }
}

TEST_CASE("parts that always hold are named", "[filter]") {
    const std::vector<Row> rows{
        {"coverage <= 1", {{0, "'coverage <= 1': holds for every record that has coverage"}}},
        {"identity >= 0.9 and coverage in 0%..100%", {{20, "'coverage in 0..1': holds for every record that has coverage"}}},
        {"mapq != 255.5", {{0, "'mapq != 255.5': holds for every record that has mapq"}}},
        {"class !~ /whole/", {{0, "'class !~ /whole/': holds for every record that has class"}}},
        {"identity >= 0.5 or identity < 0.6", {{0, "'identity >= 0.5 or identity < 0.6': holds for every record that has identity"}}},
        {"mapq > 5 or coverage > 0.5 or mapq <= 5 or score > 1",
         {{0, "'mapq > 5 or coverage > 0.5 or mapq <= 5 or score > 1': holds for every record that has mapq, coverage and score"}}},
        {"mapq > 5 or not mapq > 5", {{0, "'mapq > 5 or not mapq > 5': holds for every record"}}},
        {"strand == + or strand != +", {{0, "'strand == + or strand != +': holds for every record"}}},
        {"name ~ /a/ or name !~ /a/", {{0, "'name ~ /a/ or name !~ /a/': holds for every record"}}},
    };
    for (const Row& row : rows) {
        INFO(row.text);
        CHECK(findings(row.text) == row.findings);
    }
}

TEST_CASE("what can be meant is left alone", "[filter]") {
    for (const char* text : {"identity >= 0.9 and coverage >= 0.8 and not class in (unmapped, truncated)", "identity >= 0.95 and class == complete",
                             "identity >= 99% and identity <= 0.99", "mapq > 59 and mapq < 61", "not identity > 0.5 and not identity <= 0.5",   // no identity
                             "score < 0", "length == 0", "mapq == 255", "identity > 0.9 and coverage < 0.5", "name ~ /a/ and name ~ /b/",
                             "class != complete and class != split", "strand != + and strand != -", "name ~ /a/ or not name ~ /b/"}) {
        INFO(text);
        CHECK(findings(text).empty());
    }
}

TEST_CASE("expressions too large to take apart get less advice", "[filter]") {
    std::string product, chain = "mapq > 300";
    for (int i = 0; i < 12; ++i) product += "(mapq == 1 or length == " + std::to_string(i) + ") and ";
    CHECK(findings(product + "score > 1").empty());
    for (int i = 0; i < 1'000; ++i) chain += " and score != " + std::to_string(i);
    CHECK(findings(chain).size() == 1);
}

TEST_CASE("no finding is refuted by a record", "[filter]") {
    test::RandomFilters random(31);
    std::vector<FilterFields> records;
    for (int i = 0; i < 400; ++i) records.push_back(random.record());
    std::vector<FilterFields> complete;
    for (int i = 0; i < 1'000; ++i) {
        const FilterFields record = random.record();
        if (record.identity && record.coverage && record.mapq && record.length && record.score && record.feature_class) complete.push_back(record);
    }
    REQUIRE(complete.size() > 100);

    int never = 0, always = 0, with_values = 0;
    for (int round = 0; round < 8'000; ++round) {
        const test::RandomFilter filter = random.expression(round % 4 == 0 ? 1 : 0);
        // Every finding about the whole expression, or about both of its terms, is a statement about all records; its parts are tested as wholes in other rounds.
        const FilterExpression expression = *parse_filter(filter.text).expression;
        if (expression.text().size() > 60) continue;   // is quoted in part only
        const std::string whole = problem_with(expression.text(), 0, "").message;
        for (const FilterProblem& finding : lint_filter(expression)) {
            INFO(filter.text << "\n" << finding.message);
            if (finding.message == whole + "can never hold" || (expression.terms().size() == 2 && finding.column == expression.terms()[1].column &&
                                                                finding.message.ends_with("together with '" + text_of(expression.terms()[0]) + "'"))) {
                ++never;
                for (const FilterFields& record : records) REQUIRE_FALSE(filter.holds(record));
            } else if (finding.message == whole + "holds for every record") {
                ++always;
                for (const FilterFields& record : records) REQUIRE(filter.holds(record));
            } else if (finding.message.starts_with(whole + "holds for every record that has")) {
                ++with_values;
                for (const FilterFields& record : complete) REQUIRE(filter.holds(record));
            }
        }
    }
    CHECK(never > 50);
    CHECK(always + with_values > 50);   // the former are rare
}
