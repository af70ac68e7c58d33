// The report page of a run: made again at the end of every run that changed something, so that it tells what really happened, also when
// the run failed half-way.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "weft/stages/run_pipeline.hpp"
#include "weft/stages/stage_execution.hpp"

namespace weft {

/// Writes the page of a pipeline that has a stage `visualize`, and notes its path in `report`.
void finish_report(const Pipeline& pipeline, const std::shared_ptr<const StageResults>& results, const WorkFolder& work, const PipelineOptions& options,
                   const Throughput& throughput, PipelineReport& report);

/// Writes the pages of the last run again, from its event log and what is in the store: after a run that was killed, for one. Returns
/// their paths. Throws UsageError when the pipeline makes none, SystemError when nothing ever ran.
std::vector<std::string> report_last_run(const Pipeline& pipeline, const PipelineOptions& options);

}  // namespace weft
