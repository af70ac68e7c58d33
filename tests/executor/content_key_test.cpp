#include "weft/executor/content_key.hpp"

#include <catch2/catch.hpp>
#include <functional>
#include <limits>

#include "weft/model/error.hpp"

using namespace weft;
using Catch::Matchers::Contains;

namespace {

KeyFields example() {
    return {.stage = "align",
            .stage_version = "3",
            .parameters = {{"chain.max_gap", std::int64_t{5000}}, {"preset", "map-ont"}, {"min_identity", 0.95}, {"secondary", false}},
            .inputs = {digest_of("genome"), digest_of("genes")}};
}

}  // namespace

TEST_CASE("a key is the digest of a form that people can read", "[executor]") {
    const ContentKey key(example());
    CHECK(key.form() == R"({"inputs":[")" + digest_of("genome").hex() + R"(",")" + digest_of("genes").hex() +
                            R"("],"parameters":{"chain.max_gap":5000,"min_identity":0.95,"preset":"map-ont","secondary":false},)"
                            R"("stage":"align","version":"3"})");
    CHECK(key.digest() == digest_of(key.form()));
}

TEST_CASE("keys of released versions do not change", "[executor]") {
    CHECK(ContentKey(KeyFields{.stage = "load", .stage_version = "1", .parameters = {{"k", std::int64_t{15}}}}).form() ==
          R"({"inputs":[],"parameters":{"k":15},"stage":"load","version":"1"})");
}

TEST_CASE("numbers count by value, other types by type", "[executor]") {
    const auto key_of = [](ParameterValue value) {
        KeyFields fields = example();
        fields.parameters["x"] = std::move(value);
        return ContentKey(fields).digest();
    };
    CHECK(key_of(1.0) == key_of(std::int64_t{1}));
    CHECK(key_of(-0.0) == key_of(std::int64_t{0}));
    CHECK(key_of(1e15) == key_of(std::int64_t{1'000'000'000'000'000}));
    CHECK(key_of(0.1) == key_of(0.1000));
    CHECK(key_of(0.1) != key_of(0.1 + 1e-16));
    CHECK(key_of(1.0) != key_of("1"));
    CHECK(key_of(true) != key_of(std::int64_t{1}));
    CHECK(key_of(std::vector<ParameterValue>{"a", "b"}) != key_of(std::vector<ParameterValue>{"b", "a"}));
    CHECK(key_of(std::vector<ParameterValue>{"a,b"}) != key_of(std::vector<ParameterValue>{"a", "b"}));
}

TEST_CASE("every field decides the key, and the differences name it", "[executor]") {
    struct Change {
        std::function<void(KeyFields&)> make;
        KeyDifference expected;
    };
    const Digest other = digest_of("other");
    const std::vector<Change> changes{
        {[](KeyFields& f) { f.stage = "lift"; }, {"stage", R"("align")", R"("lift")"}},
        {[](KeyFields& f) { f.stage_version = "4"; }, {"version", R"("3")", R"("4")"}},
        {[](KeyFields& f) { f.parameters["chain.max_gap"] = std::int64_t{100}; }, {"parameters.chain.max_gap", "5000", "100"}},
        {[](KeyFields& f) { f.parameters.erase("preset"); }, {"parameters.preset", R"("map-ont")", ""}},
        {[](KeyFields& f) { f.parameters["new"] = std::vector<ParameterValue>{true, 0.5}; }, {"parameters.new", "", "[true,0.5]"}},
        {[&](KeyFields& f) { f.inputs[1] = other; }, {"inputs[1]", '"' + digest_of("genes").hex() + '"', '"' + other.hex() + '"'}},
        {[](KeyFields& f) { f.inputs.pop_back(); }, {"inputs[1]", '"' + digest_of("genes").hex() + '"', ""}},
        {[&](KeyFields& f) { f.inputs.push_back(other); }, {"inputs[2]", "", '"' + other.hex() + '"'}},
    };
    const ContentKey before(example());
    CHECK(differences(before, ContentKey(example())).empty());
    for (const Change& change : changes) {
        KeyFields fields = example();
        change.make(fields);
        const ContentKey after(fields);
        INFO(change.expected.field);
        CHECK(after.digest() != before.digest());
        CHECK(differences(before, after) == std::vector{change.expected});
    }
    KeyFields swapped = example();
    std::swap(swapped.inputs[0], swapped.inputs[1]);
    CHECK(differences(before, ContentKey(swapped)).size() == 2);
}

TEST_CASE("a form that was stored gives its key back", "[executor]") {
    KeyFields fields = example();
    fields.parameters["odd \"name\"\n"] =
        std::vector<ParameterValue>{1e300, 1e-7, 0.1, "größer", std::int64_t{-7}, 12345678901234567890.0};
    const ContentKey key(fields);
    CHECK(ContentKey::from_form(key.form()) == key);
    CHECK(ContentKey::from_form(" " + key.form()) == key);
    for (const std::string form : {"", "{}", "[1]", "null", R"({"stage":1,"version":"","parameters":{},"inputs":[]})",
                                   R"({"stage":"","version":"","parameters":{},"inputs":["ab"]})", "{\"stage\""}) {
        CHECK_THROWS_AS(ContentKey::from_form(form), FormatError);
    }
}

TEST_CASE("a form and its digest give the key back, but only together", "[executor]") {
    KeyFields fields = example();
    fields.parameters["odd \"name\"\n"] = std::vector<ParameterValue>{0.1, "größer", std::int64_t{-7}, std::vector<ParameterValue>{}};
    const ContentKey key(fields);
    const std::optional<ContentKey> again = ContentKey::from_form(key.form(), key.digest());
    REQUIRE(again);
    CHECK(*again == key);
    CHECK(again->form() == key.form());
    CHECK_FALSE(ContentKey::from_form(key.form(), digest_of("other")));
    const std::string spaced = " " + key.form();
    CHECK_FALSE(ContentKey::from_form(spaced, digest_of(spaced)));
    for (std::size_t size = 0; size < key.form().size(); ++size) {
        const std::string cut = key.form().substr(0, size);
        REQUIRE_FALSE(ContentKey::from_form(cut, digest_of(cut)));
    }
    for (const std::string form : {R"({"inputs":["ab"],"parameters":{},"stage":"","version":""})", R"({"inputs":[],"parameters":[],"stage":"","version":""})",
                                   R"({"inputs":[],"parameters":{},"stage":1,"version":""})", R"({"inputs":[],"parameters":{},"stage":"","version":2})"})
        CHECK_FALSE(ContentKey::from_form(form, digest_of(form)));
}

TEST_CASE("what has no canonical form is refused by name", "[executor]") {
    KeyFields fields = example();
    fields.parameters["ratio"] = std::numeric_limits<double>::quiet_NaN();
    CHECK_THROWS_WITH(ContentKey(fields), Contains("align.ratio: is nan; a number that decides a result must be finite"));
    fields.parameters["ratio"] = "\xff";
    CHECK_THROWS_WITH(ContentKey(fields), Contains("stage 'align'") && Contains("UTF-8"));
}
