// Where encoded records go: the one interface that the formats and the sorter have in common.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <string_view>

#include "weft/record/record_context.hpp"

namespace weft {

/// Takes records in the form in which they were encoded. For one thread at a time. Destroyed without `close` it leaves nothing.
class RecordOutput {
public:
    virtual ~RecordOutput() = default;
    virtual void write(std::string_view records) = 0;
    /// Writes what is left, checks every byte and puts the file in place. `stop` set by anyone ends it with Cancelled.
    virtual void close(const std::atomic<bool>* stop) = 0;
};

/// SAM and PAF: text behind a header, as it comes.
std::unique_ptr<RecordOutput> open_text_output(const std::string& path, std::string_view header);

/// BAM and CRAM: packed records through HTSlib. With `indexed` the records must come sorted, and the index is written beside
/// the file; a stream has no place for one and gets none. The context must outlive the output.
std::unique_ptr<RecordOutput> open_hts_output(const std::string& path, const RecordContext& context, std::string_view header,
                                              bool indexed);

/// Packed records sorted by coordinate into `output`; sorted runs beyond `memory` bytes go to a file in `scratch_directory`.
std::unique_ptr<RecordOutput> open_sorted_output(std::unique_ptr<RecordOutput> output, std::int64_t memory,
                                                 std::string scratch_directory);

}  // namespace weft
