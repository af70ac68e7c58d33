// The index that a stage aligns to: the one that is given, the one that lies beside the FASTA, or one that is made once and kept.
#pragma once

#include "weft/index/index.hpp"
#include "weft/parallel/engine_options.hpp"
#include "weft/stages/stage.hpp"

namespace weft {

/// The input that features are aligned to: the one that the stage's `target` names, else `target`, else `reference`.
const StageOutput& target_input(const StageInputs& inputs, const StageConfig& stage);

struct OpenedIndex {
    Index index;
    std::string path{};   // its file
};

/// Opens or makes the index of a reference, with the k and w that the options want. Throws UsageError for a given index with others.
OpenedIndex open_reference_index(const StageRun& run, const StageOutput& reference, const EngineOptions& options, TaskContext& task);

}  // namespace weft
