// The order that a worker process gets: which features to align to which index with which options, and where to put what comes out.
//
// A small JSON document, and nothing else, goes from one process to the other: features and index are files that both map, so that a
// worker costs its own working memory and no copy of the reference.
#pragma once

#include <atomic>
#include <string>
#include <string_view>

#include "weft/model/reference.hpp"
#include "weft/parallel/engine_options.hpp"
#include "weft/parallel/run_report.hpp"
#include "weft/stages/align_chunk.hpp"

namespace weft {

struct AlignJob {
    std::string index{};             // file
    ReferenceSource reference{};     // that the index must be of; its path does not count
    EngineOptions engine{};
    int threads = 1;
    FeatureRange features{};         // of the blocks only their places and ranks travel
    std::string archive{};           // file to write
    std::string report{};            // file that tells what the engine took, written last
};

/// Exit codes of a worker. Every other one, and every signal, is a death that may be the features' fault.
enum class WorkerEnd : int {
    done = 0,
    failed = 1,     // it says why, as for all that follow
    usage = 2,
    memory = 12,    // it could not get the memory that it wanted
    system = 74,    // the operating system refused (EX_IOERR)
};

/// Throws UsageError when a path is not UTF-8, which JSON cannot hold.
std::string text_of(const AlignJob& job);

/// Reads what `text_of` writes; `where` is for messages. Throws FormatError naming what is missing or of another type.
AlignJob read_align_job(std::string_view text, const std::string& where);

/// Does it: the archive is, byte for byte, what `align_chunk` writes in a thread. Throws FormatError when the index is another one than
/// that which the order means, and what Index::open and align_chunk throw.
void do_align_job(const AlignJob& job, const std::atomic<bool>* stop);

/// Features, bases and seconds by size class that a worker has told; the rest of the report is empty. Throws FormatError.
RunReport read_worker_report(std::string_view text, const std::string& where);

}  // namespace weft
