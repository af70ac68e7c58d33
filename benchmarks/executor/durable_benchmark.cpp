// What it costs that a result which was told of survives a power cut: the chunks of a real run kept through store and journal, beside the
// same bytes written plainly. The figures are those of 18,956 features of yeast aligned to a genome that differs in 2 of 100 bases.
// Counter: the difference as a share of the processor time of that run.
#include <benchmark/benchmark.h>

#include <fstream>
#include <string>
#include <vector>

#include "executor/figures.hpp"
#include "executor/scratch_folder.hpp"
#include "weft/executor/file_steps.hpp"
#include "weft/executor/journal.hpp"
#include "weft/executor/result_store.hpp"

namespace weft::bench {
namespace {

constexpr int chunks = 14;
constexpr std::size_t chunk_bytes = 213'000;
constexpr double align_seconds = 2.5;   // of the processor, in that run

void write_plainly(const std::string& path, const std::string& content) {
    std::ofstream file(path, std::ios::binary);
    file << content;
}

double kept(const ScratchFolder& folder, const std::string& content, std::int64_t round) {
    ResultStore store(folder.path());
    Journal journal(folder / "journal.jsonl", store);
    return seconds_of([&] {
        for (int i = 0; i < chunks; ++i) {
            const ContentKey key({.stage = "align", .stage_version = "1", .parameters = {{"round", round}, {"chunk", std::int64_t{i}}}});
            ResultDraft draft = store.begin(key);
            write_plainly(draft / "records", content);
            const JournalEntry entry{.key = key, .task = "align/chunk " + std::to_string(i)};
            store.publish(std::move(draft), entry);
            journal.append(entry);
        }
        journal.commit();
    });
}

double plain(const ScratchFolder& folder, const std::string& content, std::int64_t round) {
    return seconds_of([&] {
        for (int i = 0; i < chunks; ++i) write_plainly(folder / (std::to_string(round) + "." + std::to_string(i)), content);
    });
}

void keep_chunks(benchmark::State& state) {
    const ScratchFolder folder;
    const std::string content(chunk_bytes, 'x');
    std::vector<double> with, without;
    for (auto _ : state) {
        const auto round = static_cast<std::int64_t>(with.size());
        with.push_back(kept(folder, content, round));
        without.push_back(plain(folder, content, round));
    }
    state.counters["kept_ms"] = 1e3 * median(with);
    state.counters["plain_ms"] = 1e3 * median(without);
    state.counters["percent_of_align"] = 100 * (median(with) - median(without)) / align_seconds;
}

BENCHMARK(keep_chunks)->Name("durable/yeast_chunks")->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace weft::bench
