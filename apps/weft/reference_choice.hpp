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
    bool verify = false;         // --verify
};

/// Where messages go: notes are for everyone, details for those who asked.
struct Messages {
    std::function<void(const std::string&)> note;
    std::function<void(const std::string&)> detail;
};

/// Declares the options; `choice` must outlive `command`.
void add_reference_options(CLI::App& command, ReferenceChoice& choice);

/// Opens or builds the index. REF is told by content. The index beside a FASTA is used when it has the wanted k and w, and must
/// then belong to exactly that file; without one the index is built in memory, with a note how to keep it. Throws UsageError
/// when REF is an index with other k and w than the options want, and what Index::open and read_reference throw.
Index open_reference(const ReferenceChoice& choice, const EngineOptions& wanted, int threads, const Messages& messages);

}  // namespace weft
