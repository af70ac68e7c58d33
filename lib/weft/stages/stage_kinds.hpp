// The kinds of stages that a pipeline file can have: the schema that files are read by.
#pragma once

#include "weft/pipeline/schema.hpp"

namespace weft {

PipelineSchema stage_schema();

}  // namespace weft
