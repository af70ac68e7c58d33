#include "weft/stages/stage_kinds.hpp"

#include <stdexcept>

#include <fmt/format.h>

#include "weft/model/error.hpp"
#include "weft/stages/stage_factories.hpp"

namespace weft {

PipelineSchema stage_schema() {
    return pipeline_schema({load_kind(), parse_kind(), align_kind(), filter_kind(), analyze_kind(), visualize_kind(), run_kind()});
}

std::unique_ptr<Stage> make_stage(const Pipeline& pipeline, const StageConfig& config) {
    if (config.kind != "align" && config.kind != "run" && config.settings.get<std::string>("isolation") == "process")
        throw UsageError{{config.name,
                          fmt::format("`isolation: process` is for stages of the kinds align and run, this one is of the kind {}", config.kind),
                          "leave it out: such a stage runs in threads"}};
    if (config.kind == "load") return make_load_stage(config);
    if (config.kind == "parse") return make_parse_stage(config);
    if (config.kind == "align") return make_align_stage(pipeline, config);
    if (config.kind == "filter") return make_filter_stage(pipeline, config);
    if (config.kind == "analyze") return make_analyze_stage(pipeline, config);
    if (config.kind == "visualize") return make_visualize_stage(pipeline, config);
    if (config.kind == "run") return make_run_stage(config);
    throw std::logic_error("no stage of the kind " + config.kind);
}

}  // namespace weft
