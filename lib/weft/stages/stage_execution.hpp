// One stage as a task: is its result there? If not, make it, keep it, hand it out.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "weft/stages/stage.hpp"
#include "weft/stages/work_folder.hpp"

namespace weft {

/// A stage of a pipeline with its code.
struct ReadyStage {
    const StageConfig* config = nullptr;
    std::unique_ptr<Stage> code{};
};

/// All stages, in the order of the file. Throws ConfigError with every stage's complaint about its settings.
std::vector<ReadyStage> ready_stages(const Pipeline& pipeline);

/// Output name -> file below `out`, from `publish` and from what the kind always hands out.
TextMap published_files(const Pipeline& pipeline, const StageConfig& stage);

/// The content key of a stage. Throws UsageError when something upstream is missing, SystemError when a file is.
ContentKey content_key(const ReadyStage& stage, const StageInputs& inputs, InputDigests& digests, std::vector<std::string>* input_names = nullptr);

/// The result in a folder of the store. Throws FormatError when its list of files is damaged.
StageResult result_in(const ReadyStage& stage, const std::string& folder, const Digest& key, const StageInputs& inputs, InputDigests& digests);

/// Results of the stages of a run, as they come. Thread-safe.
class StageResults {
public:
    void add(StageResult result);
    /// A copy, so that tasks read it without a lock.
    std::map<std::string, StageResult> snapshot() const;

    /// What a stage wants to make, noted before it begins: a stage that fails leaves a line in the journal too.
    void attempt(const std::string& stage, JournalEntry entry);
    std::optional<JournalEntry> attempt_of(const std::string& stage) const;

private:
    mutable std::mutex mutex_{};
    std::map<std::string, StageResult> results_{};
    std::map<std::string, JournalEntry> attempts_{};
};

/// The body of a stage's task.
void execute_stage(const ReadyStage& stage, Workshop& shop, const WorkFolder& work, StageResults& results, const Demand& demand, TaskContext& task);

/// Hands a result's files out. Throws SystemError.
void publish_result(const Pipeline& pipeline, const StageConfig& stage, const StageResult& result);

}  // namespace weft
