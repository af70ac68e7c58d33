#include "weft/executor/journal_entry.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "weft/model/error.hpp"

using namespace weft;
using Catch::Matchers::Contains;

namespace {

JournalEntry example() {
    return {.key = ContentKey(KeyFields{
                .stage = "align", .stage_version = "2", .parameters = {{"k", std::int64_t{15}}}, .inputs = {digest_of("x")}}),
            .task = "align:chr \"1\"\n",
            .inputs = {"genome.fa"},
            .milliseconds = 1234,
            .peak_memory = 5'000'000'000,
            .attempt = 2,
            .host = "node1",
            .status = JournalStatus::failed};
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("schema_test: an entry reads back from its line", "[executor]") {
    const std::string line = to_json(example());
    CHECK(line.find('\n') == std::string::npos);
    CHECK(line.starts_with(R"({"task":"align:chr \"1\"\n","status":"failed","key":")" + example().key.digest().hex()));
    const JournalEntry entry = journal_entry_from_json(line);
    CHECK(entry.key == example().key);
    CHECK(entry.key.form() == example().key.form());
    CHECK(entry.task == example().task);
    CHECK(entry.inputs == example().inputs);
    CHECK(entry.milliseconds == 1234);
    CHECK(entry.peak_memory == 5'000'000'000);
    CHECK(entry.attempt == 2);
    CHECK(entry.host == "node1");
    CHECK(entry.status == JournalStatus::failed);
}

TEST_CASE("a line that was written otherwise reads the same", "[executor]") {
    JournalEntry entry = example();
    entry.inputs = {"größe \x01", "b"};
    const std::string line = to_json(entry);
    for (const std::string& other : {replaced(line, "{", "{ "), replaced(line, "failed\"", "failed\" "), replaced(line, "node1", "\\u006eode1")}) {
        const JournalEntry read = journal_entry_from_json(other);
        CHECK(to_json(read) == line);
        CHECK(read.inputs == entry.inputs);
    }
    CHECK(to_json(journal_entry_from_json(line)) == line);
}

TEST_CASE("fields of later versions are passed over", "[executor]") {
    CHECK(journal_entry_from_json(replaced(to_json(example()), "{", R"({"cost":{"eur":1},)")).task == example().task);
}

TEST_CASE("a name that is not UTF-8 does not stop the journal", "[executor]") {
    JournalEntry entry = example();
    entry.inputs = {"genes\xff.fa"};
    CHECK(journal_entry_from_json(to_json(entry)).inputs == std::vector<std::string>{"genes\xef\xbf\xbd.fa"});
}

TEST_CASE("damaged lines are refused, naming the field", "[executor]") {
    const std::string line = to_json(example());
    CHECK_THROWS_WITH(journal_entry_from_json(line.substr(0, line.size() - 1)), Contains("not a JSON object"));
    CHECK_THROWS_WITH(journal_entry_from_json("[]"), Contains("not a JSON object"));
    CHECK_THROWS_WITH(journal_entry_from_json("{}"), Contains("'form' is missing"));
    CHECK_THROWS_WITH(journal_entry_from_json(replaced(line, "\"ms\"", "\"mz\"")), Contains("'ms' is missing"));
    CHECK_THROWS_WITH(journal_entry_from_json(replaced(line, "1234", "\"1234\"")), Contains("'ms' has another type: \"1234\""));
    CHECK_THROWS_WITH(journal_entry_from_json(replaced(line, "\"k\":15", "\"k\":16")), Contains("'key' is not the digest"));
    CHECK_THROWS_WITH(journal_entry_from_json(replaced(line, "failed", "lost")), Contains("'status' is 'lost'"));
    CHECK_THROWS_AS(journal_entry_from_json(replaced(line, "\"stage\"", "\"stags\"")), FormatError);
}
