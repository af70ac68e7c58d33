#include "weft/stages/align_job.hpp"

#include <catch2/catch.hpp>
#include <concepts>
#include <set>

#include "support/prepared_chunk.hpp"
#include "weft/model/error.hpp"
#include "weft/stages/engine_fields.hpp"
#include "weft/stages/engine_settings.hpp"

using namespace weft;
using namespace weft::test;
using Catch::Matchers::Contains;

namespace {

/// Replaces one piece of a text; the test must know it.
std::string replaced(std::string text, const std::string& old, const std::string& by) {
    const std::size_t at = text.find(old);
    REQUIRE(at != std::string::npos);
    return text.replace(at, old.size(), by);
}

AlignJob job_of(const std::string& index) {
    AlignJob job;
    job.index = index;
    return job;
}

}  // namespace

TEST_CASE("every option of the engine has its field, under the name that people see", "[stages]") {
    EngineOptions options;
    std::set<std::string> fields, described;
    each_engine_field(options, [&](const char* name, auto&) { CHECK(fields.insert(name).second); });
    for (const auto& [name, value] : parameters_of(options)) described.insert(name);
    CHECK(fields == described);
}

TEST_CASE("an order is read back as it was written, with every option", "[stages]") {
    for (const PresetRow& preset : presets()) {
        AlignJob job = job_of("an index.weft");
        job.reference = {"", 17, 0xFFFF'FFFF'FFFF'FFF1};
        job.engine = preset.options;
        job.threads = 3;
        job.archive = "a\"b";
        job.report = "r";
        job.features = {.file = "f\xc3\xa9.fa", .first = {.begin = 5, .first = 6}, .last = {.end = 70}, .skipped = 2, .features = 4};
        each_engine_field(job.engine, [](const char*, auto& value) {   // none is what it would be by itself
            if constexpr (std::same_as<decltype(value), bool&>) value = !value;
            else if constexpr (std::same_as<decltype(value), double&>) value = value / 3 + 0.1;
            else value = value * 3 + 1;
        });
        const AlignJob read = read_align_job(text_of(job), "order");
        CHECK(text_of(read) == text_of(job));
        CHECK(describe(read.engine) == describe(job.engine));
        CHECK(describe(read.engine) != describe(preset.options));
        CHECK(read.engine.seed.frequent_fraction == job.engine.seed.frequent_fraction);   // to the last bit
        CHECK(read.index == job.index);
        CHECK(read.reference.checksum == job.reference.checksum);
        CHECK(read.features.file == job.features.file);
        CHECK(read.features.last.end == 70);
        CHECK(read.features.skipped == 2);
        CHECK(read.threads == 3);
        CHECK(read.archive == job.archive);
    }
}

TEST_CASE("what is no order is refused by name", "[stages]") {
    const std::string text = text_of(job_of("i"));
    struct Row {
        std::string text;
        const char* message;
    };
    for (const Row& row : {Row{"", "order: is no order for a worker"}, Row{"[1]", "is no order for a worker"}, Row{text.substr(0, 40), "is no order for a worker"},
                           Row{replaced(text, "\"version\": 1", "\"version\": 2"), "is an order of version 2"},
                           Row{replaced(text, "\"index\": \"i\"", "\"index\": 7"), "'index' is no fitting value"},
                           Row{replaced(text, "\"threads\": 1", "\"threads\": 5000000000"), "'threads' is no fitting value"},
                           Row{replaced(text, "\"threads\": 1", "\"threads\": 1.5"), "'threads' is no fitting value"},
                           Row{replaced(text, "\"features.skipped\": 0", "\"features.skipped\": -1"), "'features.skipped' is no fitting value"},
                           Row{replaced(text, "\"select.secondary\": true", "\"select.secondary\": 1"), "'select.secondary' is no fitting value"},
                           Row{replaced(text, "align.max_cells", "align.max_cell"), "has no 'align.max_cells'"}})
        CHECK_THROWS_WITH(read_align_job(row.text, "order"), Contains(row.message));
    CHECK_THROWS_AS(text_of(job_of("\xff")), UsageError);
    for (const char* report : {"{}", "{\"features_by_class\": [1, 2], \"bases_by_class\": [1, 2, 3], \"seconds_by_class\": [1, 2, 3]}"})
        CHECK_THROWS_AS(read_worker_report(report, "report"), FormatError);
}

TEST_CASE("a job gives the bytes that a thread gives, and tells what it took", "[stages]") {
    PreparedChunk chunk(200);
    for (const int threads : {1, 2}) {
        chunk.job.threads = threads;
        do_align_job(chunk.job, nullptr);
        CHECK(content_of(chunk.job.archive) == chunk.in_thread());
        const RunReport report = read_worker_report(content_of(chunk.job.report), "report");
        CHECK(report.features_by_class[0] + report.features_by_class[1] + report.features_by_class[2] == 200);
        CHECK(report.seconds_by_class[0] > 0);
    }
}

TEST_CASE("the index of another reference is not used", "[stages]") {
    PreparedChunk chunk(5);
    chunk.job.reference.checksum += 1;
    CHECK_THROWS_WITH(do_align_job(chunk.job, nullptr), Contains("is the index of another reference"));
    CHECK_FALSE(std::filesystem::exists(chunk.job.archive));
}
