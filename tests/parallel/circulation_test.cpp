#include "weft/parallel/circulation.hpp"

#include <atomic>
#include <chrono>
#include <map>
#include <mutex>
#include <random>
#include <set>
#include <thread>

#include <catch2/catch.hpp>

#include "weft/model/error.hpp"

using namespace weft;

namespace {

/// Features of the given lengths. The name is the rank, so that order can be checked.
FeatureSource features_of(const std::vector<std::int64_t>& lengths) {
    return [&lengths, next = std::size_t{0}](Feature& feature) mutable {
        if (next == lengths.size()) return false;
        feature.name = std::to_string(next);
        feature.sequence.assign(static_cast<std::size_t>(lengths[next++]), 'A');
        return true;
    };
}

/// Length mixes that are hard on a reordering pipeline.
std::vector<std::int64_t> lengths_of(const std::string& mix, std::size_t features, std::uint64_t seed) {
    std::mt19937_64 random{seed};
    std::vector<std::int64_t> lengths(features);
    for (std::size_t i = 0; i < features; ++i) {
        const std::uint64_t draw = random();
        if (mix == "all short") lengths[i] = static_cast<std::int64_t>(draw % 10);
        if (mix == "all long") lengths[i] = static_cast<std::int64_t>(100 + draw % 50);
        if (mix == "one long first") lengths[i] = i == 0 ? 150 : 3;
        if (mix == "one long in the middle") lengths[i] = i == features / 2 ? 150 : 3;
        if (mix == "alternating") lengths[i] = i % 3 == 0 ? 3 : i % 3 == 1 ? 30 : 120;
        if (mix == "random") lengths[i] = static_cast<std::int64_t>(draw % 3 == 0 ? draw % 10 : draw % 3 == 1 ? draw % 90 : draw % 200);
        if (mix == "empty") lengths[i] = 0;
    }
    return lengths;
}

CirculationOptions small_options(int threads, std::size_t batches) {
    CirculationOptions options;
    options.threads = threads;
    options.batches = batches;
    options.fill.classes = {{{10, 5, 40}, {100, 3, 200}, {INT64_MAX, 2, 300}}};
    return options;
}

/// What must hold of every run, told by watching its stages.
struct Watched {
    std::vector<std::string> written{};
    std::atomic<std::int64_t> held{0};
    std::int64_t most_held = 0;
    std::atomic<bool> mixed{false};

    std::uint64_t run(const CirculationOptions& options, const std::vector<std::int64_t>& lengths) {
        const FeatureSource source = features_of(lengths);
        CirculationStages stages;
        stages.read = [&](Feature& feature) {
            if (!source(feature)) return false;
            most_held = std::max(most_held, held += feature.length());
            return true;
        };
        stages.align = [&](CirculatingBatch& batch, const ForEach&) {
            std::int64_t bases = 0;
            for (std::size_t i = 0; i < batch.features.size(); ++i) {
                bases += batch.features[i].length();
                if (class_of(batch.features[i].length(), options.fill.classes) != batch.size_class) mixed = true;
                batch.results[i].repeat_length = static_cast<std::int32_t>(batch.features[i].length());
            }
            if (bases != batch.bases || batch.results.size() != batch.features.size()) mixed = true;
        };
        stages.write = [&](const CirculatingBatch& batch, std::size_t index) {
            if (batch.results[index].repeat_length != batch.features[index].length()) mixed = true;
            held -= batch.features[index].length();
            written.push_back(batch.features[index].name);
        };
        return circulate(options, stages);
    }
};

}  // namespace

TEST_CASE("every feature leaves, in input order, whatever the lengths, threads and number of batches", "[parallel]") {
    const auto mix = GENERATE(as<std::string>{}, "all short", "all long", "one long first", "one long in the middle", "alternating", "random", "empty");
    const auto features = GENERATE(as<std::size_t>{}, 0, 1, 2, 7, 500);
    const auto threads = GENERATE(1, 2, 7);
    const auto batches = GENERATE(as<std::size_t>{}, 1, 2, 3, 4, 16);
    CAPTURE(mix, features, threads, batches);
    const std::vector<std::int64_t> lengths = lengths_of(mix, features, features + batches);
    Watched watched;
    CHECK(watched.run(small_options(threads, batches), lengths) == features);
    std::vector<std::string> expected;
    for (std::size_t i = 0; i < features; ++i) expected.push_back(std::to_string(i));
    CHECK(watched.written == expected);
    CHECK_FALSE(watched.mixed);
}

TEST_CASE("backpressure_test: memory stays within the limit of bases in flight, but for one feature", "[parallel]") {
    const auto limit = GENERATE(1, 100, 1'000);
    const auto threads = GENERATE(1, 4);
    CirculationOptions options = small_options(threads, 12);
    options.fill.bases_in_flight = limit;
    const std::vector<std::int64_t> lengths = lengths_of("random", 400, 5);
    Watched watched;
    CHECK(watched.run(options, lengths) == 400);
    CHECK(watched.most_held < limit + 200);   // 199 is the longest feature
    CHECK(watched.written.size() == 400);
}

TEST_CASE("a huge query travels alone and gets a loop that other threads share", "[parallel]") {
    CirculationOptions options = small_options(4, 8);
    options.fill.shared_query = 120;
    const std::vector<std::int64_t> lengths{110, 110, 150, 3, 30, 120, 119};
    const FeatureSource source = features_of(lengths);
    std::mutex mutex;
    std::map<std::string, std::size_t> threads_of;
    const auto patience = std::chrono::steady_clock::now() + std::chrono::seconds{20};
    CirculationStages stages;
    stages.read = source;
    stages.align = [&](CirculatingBatch& batch, const ForEach& for_each) {
        const bool huge = batch.features.front().length() >= options.fill.shared_query;
        std::set<std::thread::id> seen;
        std::atomic<std::size_t> threads_seen{0};
        std::mutex seen_mutex;
        std::vector<std::atomic<int>> calls(64);
        for_each(calls.size(), [&](std::size_t i) {
            ++calls[i];
            {
                const std::lock_guard lock{seen_mutex};
                seen.insert(std::this_thread::get_id());
                threads_seen = seen.size();
            }
            while (huge && threads_seen < 2 && std::chrono::steady_clock::now() < patience) std::this_thread::yield();
        });
        const bool once = std::all_of(calls.begin(), calls.end(), [](const std::atomic<int>& count) { return count == 1; });
        const std::lock_guard lock{mutex};
        for (const Feature& feature : batch.features) {
            if (feature.length() >= options.fill.shared_query && batch.features.size() != 1) throw std::runtime_error{"a huge query has company"};
            threads_of[feature.name] = once ? seen.size() : 0;
        }
    };
    stages.write = [](const CirculatingBatch&, std::size_t) {};
    CHECK(circulate(options, stages) == lengths.size());
    CHECK(threads_of.at("0") == 1);
    CHECK(threads_of.at("3") == 1);
    CHECK(threads_of.at("2") > 1);
    CHECK(threads_of.at("5") > 1);
}

TEST_CASE("an exception of any stage ends the run and arrives once, as it was thrown", "[parallel]") {
    const auto stage = GENERATE(as<std::string>{}, "read", "align", "write", "loop");
    const auto at = GENERATE(0, 1, 57, 199);
    const auto threads = GENERATE(1, 4);
    CAPTURE(stage, at, threads);
    const std::vector<std::int64_t> lengths = lengths_of("random", 200, 9);
    const std::string name = std::to_string(at);
    std::atomic<int> inside{0};
    CirculationStages stages;
    const FeatureSource source = features_of(lengths);
    stages.read = [&](Feature& feature) {
        const bool any = source(feature);
        if (stage == "read" && any && feature.name == name) throw FormatError{{"reads.fa:7", "broken", ""}};
        return any;
    };
    stages.align = [&](CirculatingBatch& batch, const ForEach& for_each) {
        ++inside;
        for (const Feature& feature : batch.features) {
            if (stage == "align" && feature.name == name) {
                --inside;
                throw FormatError{{"reads.fa:7", "broken", ""}};
            }
            if (stage == "loop" && feature.name == name) {
                --inside;
                for_each(10, [](std::size_t i) {
                    if (i == 3) throw FormatError{{"reads.fa:7", "broken", ""}};
                });
            }
        }
        --inside;
    };
    std::size_t written = 0;
    stages.write = [&](const CirculatingBatch& batch, std::size_t index) {
        if (stage == "write" && batch.features[index].name == name) throw FormatError{{"reads.fa:7", "broken", ""}};
        ++written;
    };
    CirculationOptions options = small_options(threads, 6);
    options.fill.shared_query = 50;
    CHECK_THROWS_MATCHES(circulate(options, stages), FormatError, Catch::Matchers::Message("reads.fa:7: broken"));
    CHECK(inside == 0);   // nobody is left in a stage
    CHECK(written <= (stage == "read" ? static_cast<std::size_t>(at) : 200));
    if (stage != "read") CHECK(written <= static_cast<std::size_t>(at));
}

TEST_CASE("a set stop flag ends the run with Cancelled, also in the middle of a shared query", "[parallel]") {
    const auto where = GENERATE(as<std::string>{}, "before", "read", "align", "loop", "write");
    const auto threads = GENERATE(1, 3);
    CAPTURE(where, threads);
    std::atomic<bool> stop{where == "before"};
    std::atomic<int> read{0};
    std::atomic<int> loops{0};
    CirculationStages stages;
    stages.read = [&](Feature& feature) {   // never ends by itself
        feature.sequence.assign(60, 'A');
        if (++read == 100 && where == "read") stop = true;
        return true;
    };
    stages.align = [&](CirculatingBatch&, const ForEach& for_each) {
        if (where == "align" && read > 50) stop = true;
        if (where != "loop") return;
        for_each(1'000'000'000, [&](std::size_t) {
            if (++loops == 1000) stop = true;
        });
    };
    stages.write = [&](const CirculatingBatch&, std::size_t) {
        if (where == "write") stop = true;
    };
    CirculationOptions options = small_options(threads, 6);
    options.fill.shared_query = 50;
    options.stop = &stop;
    CHECK_THROWS_AS(circulate(options, stages), Cancelled);
}

TEST_CASE("runs nest and run beside each other", "[parallel]") {
    const std::vector<std::int64_t> lengths = lengths_of("random", 100, 3);
    std::atomic<std::uint64_t> total{0};
    const auto run = [&](int threads) {
        Watched watched;
        total += watched.run(small_options(threads, 4), lengths);
    };
    std::vector<std::thread> callers;
    for (int i = 0; i < 4; ++i) callers.emplace_back(run, 1 + i % 3);
    for (std::thread& caller : callers) caller.join();
    CHECK(total == 400);

    CirculationStages outer;
    outer.read = features_of(lengths);
    outer.align = [&](CirculatingBatch&, const ForEach&) { run(2); };
    outer.write = [](const CirculatingBatch&, std::size_t) {};
    CHECK(circulate(small_options(2, 4), outer) == 100);
}
