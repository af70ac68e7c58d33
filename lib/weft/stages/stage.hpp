// A stage of a pipeline, ready to run: what it will read, what its result is known by, and how the result is made.
//
// A stage reads results of other stages and writes files into a folder that the store gives it. It knows nothing of threads, retries or
// whether its result is there already: that is the runner's (stages/run_pipeline). What decides a result besides its inputs must be in
// `key`, and nothing else: a key that says too little gives wrong results, one that says too much runs the world again.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "weft/executor/hierarchical_executor.hpp"
#include "weft/executor/input_digests.hpp"
#include "weft/executor/journal.hpp"
#include "weft/executor/result_store.hpp"
#include "weft/pipeline/pipeline.hpp"
#include "weft/stages/stage_results.hpp"
#include "weft/stages/throughput.hpp"

namespace weft {

/// Results of the stages that a stage depends on, near and far.
class StageInputs {
public:
    StageInputs(const StageConfig& stage, std::shared_ptr<const StageResults> results) : stage_(stage), results_(std::move(results)) {}

    /// Of the stages in `needs`, in that order; those that failed and were left out are missing.
    std::vector<const StageResult*> direct() const;

    /// The output of that name of the nearest stage upstream, or null: first all stages in `needs`, then what those need.
    const StageOutput* find(std::string_view output) const;

    /// As above. Throws UsageError that says which kind of stage is missing.
    const StageOutput& get(std::string_view output, std::string_view missing) const;

    /// The stage upstream of that kind that is nearest, or null.
    const StageConfig* stage_of_kind(std::string_view kind) const;
    const StageResult* result_of(std::string_view stage) const;

private:
    /// Stages upstream, nearest first, each once.
    std::vector<const StageConfig*> upstream() const;

    const StageConfig& stage_;
    std::shared_ptr<const StageResults> results_;
};

/// What a stage is known by, with names for its inputs.
struct StageKey {
    std::map<std::string, ParameterValue> parameters{};
    std::vector<std::string> input_names{};
    std::vector<Digest> inputs{};

    void add(std::string name, const Digest& digest) {
        input_names.push_back(std::move(name));
        inputs.push_back(digest);
    }
};

/// What a result inside a stage is known by.
struct PartKey {
    std::string kind{};
    std::string version{};
    StageKey key{};

    ContentKey content() const { return ContentKey({.stage = kind, .stage_version = version, .parameters = key.parameters, .inputs = key.inputs}); }
};

/// What all stages of a run share.
struct Workshop {
    const Pipeline& pipeline;
    ResultStore& store;
    Journal& journal;
    InputDigests& digests;
    int threads = 1;
    std::int64_t memory = 0;     // bytes that all tasks share
    Throughput& throughput;
    std::string program{};       // the weft program, for tasks in processes of their own; empty: there is none
    std::mutex putting_aside{};  // held while a result that seems damaged is looked at again and put aside

    /// A result whose files are all there and as long as they were, or nothing. What is damaged goes to the quarantine, and the task's
    /// log says so.
    std::optional<StoredResult> sound_result(const ContentKey& key, TaskContext& task);
};

/// What a stage keeps between `run`, its sub-tasks and `finish`.
struct StageMemory {
    virtual ~StageMemory() = default;
};

/// One run of one stage.
struct StageRun {
    Workshop& shop;
    const StageConfig& stage;
    StageInputs inputs;
    std::string folder{};        // to write into
    Demand demand{};             // of the stage's tasks, for sub-tasks that need more of something
    std::string log_file{};      // of this task, for the output of programs
    std::string scratch{};       // a folder that does not exist yet, for temporary files; removed afterwards
    TaskContext* task = nullptr; // of `run` and then of `finish`; sub-tasks have their own
    std::unique_ptr<StageMemory> memory{};

    std::string operator/(std::string_view name) const { return folder + "/" + std::string(name); }

    /// A result of its own inside a stage: taken from the store if it is whole, or made by `make` in a folder of its own, then kept.
    /// Thread-safe.
    /// `part` is what it is called behind the stage's name in the journal: "align/chunk 3".
    std::string part(const std::string& part, const PartKey& key, TaskContext& context,
                     const std::function<void(const ResultDraft&)>& make) const;
};

/// `run` and `finish` are called once each per attempt; sub-tasks of several stages, and of one, run at the same time.
class Stage {
public:
    virtual ~Stage() = default;

    /// Output names with their files or folders in the result's folder. A file that is not there after a run is no output; of several for
    /// one name the first that is there counts.
    virtual std::vector<std::pair<std::string, std::string>> files() const = 0;

    /// Throws UsageError when something upstream is missing, SystemError when a file is.
    virtual StageKey key(const StageInputs& inputs, InputDigests& digests) const = 0;

    /// Writes the files, or spawns sub-tasks that do. `run` lives until `finish` has returned.
    virtual void run(StageRun& run) const = 0;

    /// After all sub-tasks.
    virtual void finish(StageRun&) const {}

    /// Outputs that lie elsewhere than in the result's folder.
    virtual std::map<std::string, StageOutput> found(const StageInputs&, InputDigests&) const { return {}; }

    /// Why its result may not be taken from the store; empty when it may.
    virtual std::string runs_always() const { return ""; }

    /// Whether its tasks run the weft program (Workshop::program).
    virtual bool needs_program() const { return false; }

    /// What a task of it needs when the pipeline does not say; bytes.
    virtual std::int64_t usual_memory() const { return 64'000'000; }
};

/// Stages by kind. `make_stage` of each is in its own file.
std::unique_ptr<Stage> make_stage(const Pipeline& pipeline, const StageConfig& config);

}  // namespace weft
