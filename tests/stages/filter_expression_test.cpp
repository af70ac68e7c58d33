#include "weft/stages/filter_expression.hpp"

#include <catch2/catch.hpp>

#include <limits>

#include "support/parsed_filter.hpp"

using namespace weft;
using weft::test::expression_of;

namespace {

FilterFields gene() {
    FilterFields fields;
    fields.identity = 0.95;
    fields.coverage = 1;
    fields.mapq = 60;
    fields.length = 10'000;
    fields.score = -2.5;
    fields.strand = '+';
    fields.feature_class = FeatureClass::complete;
    fields.name = "YAL001C";
    return fields;
}

FilterFields unmapped() {
    FilterFields fields;
    fields.length = 300;
    fields.feature_class = FeatureClass::unmapped;
    fields.name = "lost";
    return fields;
}

struct Row {
    std::string_view text;
    FilterFields record;
    bool passes;
};

}  // namespace

TEST_CASE("an expression passes the records that it describes", "[filter]") {
    const std::vector<Row> rows{
        {"identity >= 0.9 and coverage >= 0.8 and not class in (unmapped, truncated)", gene(), true},
        {"identity >= 0.9 and coverage >= 0.8 and not class in (unmapped, truncated)", unmapped(), false},
        {"identity >= 0.95 and class == complete", gene(), true},
        {"identity >= 95%", gene(), true},
        {"identity > 95%", gene(), false},
        {"identity <= 95%", gene(), true},
        {"identity < 95%", gene(), false},
        {"identity == 95%", gene(), true},
        {"identity != 95%", gene(), false},
        {"length == 10k", gene(), true},
        {"length == 0.01M", gene(), true},
        {"length < 0.00001G", gene(), false},
        {"mapq in 30..60", gene(), true},
        {"mapq in 60..255", gene(), true},
        {"mapq in 0..59", gene(), false},
        {"identity in 0.9..0.95", gene(), true},
        {"score < 0", gene(), true},
        {"strand == +", gene(), true},
        {"strand != +", gene(), false},
        {"strand == -", gene(), false},
        {"strand == .", unmapped(), true},
        {"class != complete", gene(), false},
        {"class in (partial, complete)", gene(), true},
        {"class in (unmapped)", gene(), false},
        {"class ~ /comp.*/", gene(), true},
        {"class !~ /comp.*/", gene(), false},
        {"name ~ /YAL.*/", gene(), true},
        {"name ~ /AL/", gene(), false},   // the whole name
        {"name ~ /^YAL001C$/", gene(), true},
        {"name !~ /YAL/", gene(), true},
        // and binds tighter than or, not tighter than both
        {"mapq > 0 or mapq > 0 and mapq < 0", gene(), true},
        {"(mapq > 0 or mapq > 0) and mapq < 0", gene(), false},
        {"not mapq < 0 and mapq < 0", gene(), false},
        {"not (mapq < 0 and mapq < 0)", gene(), true},
        {"not not mapq > 0", gene(), true},
        // spaces do not matter
        {"identity>=0.9 and(mapq>0)", gene(), true},
        {"\n identity\t>= 0.9\r\nand mapq > 0 ", gene(), true},
        {"length in 1k..10k", gene(), true},
    };
    for (const Row& row : rows) {
        INFO(row.text << " for " << row.record.name);
        CHECK(expression_of(row.text).passes(row.record) == row.passes);
    }
}

TEST_CASE("a test of a missing value is false, and its negation true", "[filter]") {
    for (const char* test : {"identity >= 0", "identity != 0.5", "coverage <= 1", "mapq < 60", "mapq != 60", "mapq in 0..255", "length >= 0", "score != 1",
                             "class == complete", "class != complete", "class in (complete, unmapped)", "class ~ /.*/", "class !~ /complete/"}) {
        INFO(test);
        const FilterFields nothing;
        CHECK_FALSE(expression_of(test).passes(nothing));
        CHECK(expression_of(std::string("not ") + test).passes(nothing));
        CHECK_FALSE(expression_of(std::string("not not ") + test).passes(nothing));
    }
    FilterFields undefined;
    undefined.identity = std::numeric_limits<double>::quiet_NaN();
    CHECK_FALSE(expression_of("identity != 0.5").passes(undefined));
    CHECK(expression_of("not identity != 0.5").passes(undefined));
}

TEST_CASE("numbers are the doubles nearest to what was written", "[filter]") {
    FilterFields record;
    for (const auto& [text, value] : std::vector<std::pair<std::string, double>>{{"99.9%", 0.999}, {"0.1%", 0.001}, {"7%", 0.07}, {"29%", 0.29}, {"57%", 0.57}}) {
        record.identity = value;
        INFO(text);
        CHECK(expression_of("identity == " + text).passes(record));
    }
    record.score = 1'100;
    CHECK(expression_of("score == 1.1k").passes(record));
}

TEST_CASE("a record is booked under the first term that rejects it", "[filter]") {
    const FilterExpression expression = expression_of("identity >= 0.9 and (coverage >= 0.8 or mapq > 30) and not class == complete");
    REQUIRE(expression.terms().size() == 3);
    CHECK(text_of(expression.terms()[1]) == "coverage >= 0.8 or mapq > 30");
    CHECK(expression.rejecting_term(gene()) == 2);
    CHECK(expression.rejecting_term(unmapped()) == 0);
    FilterFields partial = gene();
    partial.feature_class = FeatureClass::partial;
    CHECK(expression.passes(partial));

    FilterCounts counts(expression), more(expression);
    for (const FilterFields& record : {gene(), unmapped(), partial, gene()}) counts.add(expression.rejecting_term(record));
    more.add(expression.rejecting_term(gene()));
    counts += more;
    CHECK(counts.passed == 1);
    CHECK(counts.rejected == std::vector<std::uint64_t>{1, 0, 3});
    CHECK(counts.records() == 5);

    CHECK(expression_of("mapq > 1 or mapq < 3").terms().size() == 1);
    CHECK(expression_of("not (mapq > 1 and mapq < 3)").terms().size() == 1);
}
