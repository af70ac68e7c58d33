// One stage as a task: is its result there? If not, make it, keep it, hand it out.
#pragma once

#include <memory>
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

/// A result of the store with its outputs by name.
StageResult result_in(const ReadyStage& stage, const StoredResult& stored, const StageInputs& inputs, InputDigests& digests);

/// The body of a stage's task.
void execute_stage(const ReadyStage& stage, Workshop& shop, const WorkFolder& work, const std::shared_ptr<StageResults>& results, const Demand& demand,
                   TaskContext& task);

/// Hands a result's files out. Throws SystemError.
void publish_result(const Pipeline& pipeline, const StageConfig& stage, const StageResult& result);

}  // namespace weft
