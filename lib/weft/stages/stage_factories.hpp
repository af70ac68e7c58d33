// One factory per kind of stage, and the row that each kind has in the schema of pipeline files. The kind's file has both, so that a
// setting and what it does stand side by side.
#pragma once

#include <memory>

#include "weft/pipeline/schema.hpp"
#include "weft/stages/stage.hpp"

namespace weft {

StageKind load_kind();
StageKind parse_kind();
StageKind align_kind();
StageKind filter_kind();
StageKind analyze_kind();
StageKind visualize_kind();
StageKind run_kind();

std::unique_ptr<Stage> make_load_stage(const StageConfig& config);
std::unique_ptr<Stage> make_parse_stage(const StageConfig& config);
std::unique_ptr<Stage> make_align_stage(const Pipeline& pipeline, const StageConfig& config);
std::unique_ptr<Stage> make_filter_stage(const Pipeline& pipeline, const StageConfig& config);
std::unique_ptr<Stage> make_analyze_stage(const Pipeline& pipeline, const StageConfig& config);
std::unique_ptr<Stage> make_visualize_stage(const Pipeline& pipeline, const StageConfig& config);
std::unique_ptr<Stage> make_run_stage(const StageConfig& config);

}  // namespace weft
