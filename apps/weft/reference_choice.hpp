// The reference of a run: an index file, a FASTA with its index beside it, or a FASTA alone.
#pragma once

#include <functional>
#include <string>

#include <CLI/App.hpp>

#include "weft/index/index.hpp"
#include "weft/parallel/engine_options.hpp"

namespace weft {

/// What was typed.
struct ReferenceChoice {
    std::string path{};          // REF
    std::string load = "lazy";   // --load
};

/// Where messages go: notes are for everyone, details for those who asked.
struct Messages {
    std::function<void(const std::string&)> note;
    std::function<void(const std::string&)> detail;
};

/// Declares the options; `choice` must outlive `command`.
void add_reference_options(CLI::App& command, ReferenceChoice& choice);

/// Opens or builds the index. REF is told by content. A FASTA's index beside it is used only when it belongs to exactly that
/// file and has the wanted k and w; otherwise the index is built in memory, with a note how to keep it. Throws UsageError
/// when REF is an index with other k and w than the options want.
Index open_reference(const ReferenceChoice& choice, const EngineOptions& wanted, int threads, const Messages& messages);

}  // namespace weft
