// The options of `weft align` that decide what is written, and the checks that an output can be written at all: before the
// work starts, not after it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <CLI/App.hpp>

#include "weft/record/alignment_writer.hpp"

namespace weft {

/// What was typed.
struct OutputChoices {
    std::string path = "-";        // -o
    std::string format{};          // --format; empty: by extension
    bool sam = false;              // -a
    bool paf_cigar = false;        // -c
    bool eqx = false;              // --eqx
    bool md = false;               // --MD
    std::string cs{};              // --cs
    bool soft_clip = false;        // -Y
    bool copy_comment = false;     // -y
    bool paf_no_hit = false;       // --paf-no-hit
    bool sam_hit_only = false;     // --sam-hit-only
    std::string read_group{};      // -R
    bool sort = false;             // --sort
    bool csi = false;              // --csi
    bool secondary_seq = false;    // --secondary-seq
    std::int64_t sort_memory = 1'000'000'000;   // --sort-memory
    int level = -1;                // --compression-level
};

/// Declares the options; `choices` must outlive `command`.
void add_output_options(CLI::App& command, OutputChoices& choices);

/// Complete options of the writer. Throws UsageError for an unknown extension, for choices that contradict each other and for
/// binary output on a terminal.
OutputOptions chosen_output_options(const OutputChoices& choices);

/// Whether a path stands for standard output.
bool is_standard_output(const std::string& path);

/// Files that an output of that format may replace or remove beside itself: indexes, and the list of failures.
std::vector<std::string> companions(const std::string& path, OutputFormat format);

/// Throws UsageError when the output is one of the inputs: it would be replaced by what is made of it.
void refuse_to_replace(const std::string& path, std::span<const std::string> inputs);

/// Throws UsageError, in the name of `option`, when a second output would go to the place of one of the others. Only /dev/null takes
/// any number of them.
void refuse_same_place(const std::string& option, const std::string& path, std::span<const std::string> others);

/// The same, and throws SystemError when it cannot be created where it should be.
void check_output_place(const std::string& path, std::span<const std::string> inputs);

/// Removes the temporary files that this process has made for the output and its index. For an end without destructors only.
void remove_unfinished(const std::string& path);

}  // namespace weft
