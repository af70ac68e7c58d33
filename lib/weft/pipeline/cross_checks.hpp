// Rules between stages, once each of them is right by itself: budgets, named limits, published files, outputs that are referred to.
#pragma once

#include "weft/pipeline/pipeline.hpp"
#include "weft/pipeline/schema.hpp"

namespace weft {

void check_across_stages(const Pipeline& pipeline, const PipelineSchema& schema, ProblemList& problems);

}  // namespace weft
