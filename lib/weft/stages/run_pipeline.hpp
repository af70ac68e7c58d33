// A whole pipeline, from its configuration to its files: every stage a task, its result taken from the store where it is there already.
//
// A run that was killed is continued by running again: what was finished is found by its key, what was half done was never a result.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "weft/executor/hierarchical_executor.hpp"
#include "weft/executor/stall_watch.hpp"
#include "weft/pipeline/pipeline.hpp"

namespace weft {

struct PipelineOptions {
    std::string until{};          // a stage: it and what it needs, nothing else; empty: all
    bool fresh = false;           // forget all results first
    bool rehash = false;          // read inputs again even when they look unchanged
    bool times = true;            // the report says how long things took: the one part of the output that differs between runs
    EventSink events{};           // told of everything, beside the log
    std::function<void(std::string_view)> reused{};   // told of stages whose result was there, before they end
    std::function<void(const std::string&)> stalled{};   // told, in lines for people, when nothing has happened for long
    StallOptions stall{};
    std::string command{};        // that started the run, for the report
    std::vector<std::pair<std::string, std::string>> versions{};   // of weft and its libraries, for the report
    std::string program{};        // path of the weft program, for isolation: process; empty: not to be had
};

/// How a stage ended.
enum class StageEnd : std::uint8_t { done, reused, failed, skipped, cancelled };
std::string_view name_of(StageEnd end);

struct StageOutcome {
    std::string name{};
    std::string kind{};
    StageEnd end = StageEnd::done;
    std::string reason{};         // for every end but done and reused
    std::string cause{};          // of skipped: the stage that failed
    std::string place{};          // of the stage in the pipeline file: "yeast.yaml:40"
    std::string log{};            // file
    double seconds = 0;
};

/// A feature, record or stage that failed or was left out: a line of failures.tsv.
struct RunFailure {
    std::string stage{};
    std::string feature{};        // empty when the stage itself failed
    std::string reason{};
    std::string where{};
};

struct PipelineReport {
    std::vector<StageOutcome> stages{};    // in running order
    std::vector<RunFailure> failures{};
    int exit_code = 0;                     // 0 done, 1 failed or cancelled, 3 done in part
    double seconds = 0;
    std::int64_t peak_memory = 0;          // bytes resident
    std::string failures_file{};           // empty: there were none
    std::string report{};                  // the page, empty when the pipeline makes none

    std::size_t count(StageEnd end) const;
    /// "done", "partial", "failed", "cancelled".
    std::string_view status() const;
};

/// One run. Not thread-safe but for `drain`.
class PipelineRun {
public:
    /// Takes the work folder. Throws UsageError (unknown `until`), ConfigError, SystemError (another run has the folder).
    PipelineRun(const Pipeline& pipeline, PipelineOptions options);
    ~PipelineRun();

    /// Runs to the end. Once. `cancel` stops what runs.
    PipelineReport execute(const CancellationToken& cancel = {});

    /// Lets what runs come to its end and starts nothing more. Any thread.
    void drain();

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// Stages that a run until a stage consists of, in running order. Throws UsageError naming the nearest stage when there is none of that name.
std::vector<std::size_t> stages_until(const Pipeline& pipeline, const std::string& until);

}  // namespace weft
