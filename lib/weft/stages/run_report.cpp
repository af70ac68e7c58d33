#include "weft/stages/run_report.hpp"

namespace weft {

void finish_report(const Pipeline&, const std::map<std::string, StageResult>&, const WorkFolder&, const PipelineOptions&, const Throughput&, PipelineReport&) {}

}  // namespace weft
