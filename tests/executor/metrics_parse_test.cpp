// What Prometheus would make of the metrics: its text format, read strictly.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "support/run_logs.hpp"
#include "weft/executor/run_metrics.hpp"

using namespace weft;
using namespace weft::test;

namespace {

using Labels = std::map<std::string, std::string>;

struct Parsed {
    std::map<std::string, std::string> types{};                    // of families
    std::map<std::pair<std::string, Labels>, double> values{};     // of series
};

[[noreturn]] void refuse(const std::string& line) { throw std::runtime_error("not in the format: " + line); }

/// Reads {a="b",c="d"}; `at` is behind its brace afterwards.
Labels parse_labels(const std::string& line, std::size_t& at) {
    Labels labels;
    while (line[at] != '}') {
        ++at;   // { or ,
        const std::size_t equals = line.find('=', at);
        const std::string name = line.substr(at, equals - at);
        if (!std::regex_match(name, std::regex("[a-zA-Z_][a-zA-Z0-9_]*")) || line[equals + 1] != '"') refuse(line);
        std::string value;
        for (at = equals + 2; at < line.size() && line[at] != '"'; ++at) {
            if (line[at] == '\\' && std::string("\\\"n").find(line[++at]) == std::string::npos) refuse(line);
            value += line[at];
        }
        if (++at >= line.size() || (line[at] != ',' && line[at] != '}') || !labels.emplace(name, value).second) refuse(line);
    }
    ++at;
    return labels;
}

Parsed parse(const std::string& text) {
    Parsed parsed;
    std::string family, type;
    std::istringstream lines(text);
    std::set<std::string> helped;
    if (!text.empty() && text.back() != '\n') refuse("no line end at the end");
    for (std::string line; std::getline(lines, line);) {
        std::smatch found;
        if (std::regex_match(line, found, std::regex("# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) \\S.*"))) {
            if (!helped.insert(found[1]).second) refuse(line);
            continue;
        }
        if (std::regex_match(line, found, std::regex("# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram)"))) {
            family = found[1];
            type = found[2];
            if (!helped.contains(family) || !parsed.types.emplace(family, type).second) refuse(line);
            continue;
        }
        std::size_t at = line.find_first_of("{ ");
        if (at == std::string::npos || line.starts_with("#")) refuse(line);
        const std::string name = line.substr(0, at);
        const std::string suffix = name.starts_with(family) ? name.substr(family.size()) : "?";
        if (type == "histogram" ? suffix != "_bucket" && suffix != "_sum" && suffix != "_count" : !suffix.empty()) refuse(line);
        if (type == "counter" && !family.ends_with("_total")) refuse(line);
        const Labels labels = line[at] == '{' ? parse_labels(line, at) : Labels{};
        std::size_t used = 0;
        const double value = std::stod(line.substr(at + 1), &used);
        if (line[at] != ' ' || at + 1 + used != line.size() || !std::isfinite(value)) refuse(line);
        if (!parsed.values.emplace(std::pair(name, labels), value).second) refuse(line);
    }
    return parsed;
}

}  // namespace

TEST_CASE("the metrics are in the text format of Prometheus", "[executor]") {
    const std::string odd = "lift[\"a\\b\"\n酵母\xff]";
    RunLog log({{.name = "load", .kind = "load"}, {.name = odd, .kind = "lift", .needs = {"load"}}});
    log.task("load", 0, 1'000).started(odd, 1'000, 1'000);
    for (int i = 0; i < 10; ++i) log.task(odd + "/" + std::to_string(i), 1'000 + 200 * i, 1'200 + 200 * i, 1'000);
    log.ended(odd, 3'000).sample(3'000, 50, 123'456'789).end("done", 0, 3'000);
    const RunMetrics metrics = metrics_of(log.run);
    const Parsed parsed = parse(metrics_prometheus(metrics));

    const std::string shown = "lift[\"a\\b\"\xEF\xBF\xBD酵母\xEF\xBF\xBD]";
    CHECK(parsed.values.at({"weft_run_info", {{"pipeline", "p"}, {"status", "done"}}}) == 1);
    CHECK(parsed.values.at({"weft_run_seconds", {}}) == 3);
    CHECK(parsed.values.at({"weft_memory_peak_bytes", {}}) == 123'456'789);
    CHECK(parsed.values.at({"weft_tasks_total", {{"stage", shown}, {"status", "done"}}}) == 10);
    CHECK(parsed.values.at({"weft_stage_seconds", {{"stage", shown}, {"kind", "lift"}, {"status", "done"}, {"critical", "true"}}}) == 2);
    CHECK(parsed.types.at("weft_task_wait_seconds") == "histogram");

    // The classes of a histogram add up, and the last one is all.
    for (const std::string& stage : {std::string("load"), shown}) {
        double last = 0;
        for (const char* limit : {"1e-05", "0.0001", "0.001", "0.01", "0.1", "1", "10", "60", "600", "3600", "+Inf"}) {
            const double count = parsed.values.at({"weft_task_wait_seconds_bucket", {{"stage", stage}, {"le", limit}}});
            CHECK(count >= last);
            last = count;
        }
        CHECK(last == parsed.values.at({"weft_task_wait_seconds_count", {{"stage", stage}}}));
    }
    CHECK(parsed.values.at({"weft_task_wait_seconds_bucket", {{"stage", shown}, {"le", "1"}}}) == 7);   // align itself, 0, 200 ... 1000 ms
    CHECK(parsed.values.at({"weft_task_wait_seconds_sum", {{"stage", shown}}}) == Approx(9));
    CHECK_NOTHROW(parse(metrics_prometheus(metrics_of({}))));
}

TEST_CASE("the reader of the format refuses what is not in it", "[executor]") {
    const std::string good = "# HELP a_total b\n# TYPE a_total counter\n";
    CHECK(parse(good + "a_total{x=\"y\"} 1\n").values.size() == 1);
    for (const char* bad : {"a_total 1", "b 1\n", "a_total{x=y} 1\n", "a_total{x=\"y} 1\n", "a_total{x=\"y\"}1\n", "a_total nan\n",
                            "a_total 1\na_total 2\n", "a_total{x=\"\\q\"} 1\n", "a_total{1x=\"q\"} 1\n", "a_total 1 x\n"})
        CHECK_THROWS(parse(good + bad));
    CHECK_THROWS(parse("# TYPE a gauge\na 1\n"));
}
