// How a stage stands in the graph, as the file has it: its name, its kind, what it needs and what it is repeated for.
//
// Frames are read before any setting, because settings refer to items of `foreach`, and a fault in one stage must not hide faults in
// what needs it: a stage whose kind is unknown still exists for the others.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "weft/pipeline/foreach_items.hpp"
#include "weft/pipeline/references.hpp"
#include "weft/pipeline/schema.hpp"
#include "weft/pipeline/stage_order.hpp"

namespace weft {

struct StageFrame {
    std::string name{};
    const ConfigNode* node = nullptr;           // the whole map
    const StageKind* kind = nullptr;            // null: unknown
    std::vector<std::size_t> needs{};           // frames
    bool repeated = false;                      // has `foreach`
    std::optional<ForeachItems> foreach{};      // none for a repeated stage: its items are wrong
};

/// Reads the frames under `stages:`, in the order of the file. All needs exist; cycles are in `problems`.
/// The nodes of the frames are those of `root`.
std::vector<StageFrame> read_stage_frames(const ConfigNode& root, const PipelineSchema& schema, const std::filesystem::path& folder,
                                          References& references, ProblemList& problems);

}  // namespace weft
