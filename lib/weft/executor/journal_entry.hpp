// What is remembered of a task that ended: enough to explain why it ran and to guess how long it will take next time.
//
// The same text is a line of the journal and a part of a result's manifest, so that a lost journal can be made again.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "weft/executor/content_key.hpp"

namespace weft {

enum class JournalStatus : std::uint8_t { done, failed };

struct JournalEntry {
    ContentKey key;
    std::string task{};                   // its name in the pipeline
    std::vector<std::string> inputs{};    // names of the inputs, in the order of their digests in the key
    std::int64_t milliseconds = 0;        // from start to end
    std::uint64_t peak_memory = 0;        // bytes resident; 0 where it was not observed
    int attempt = 1;                      // from 1
    std::string host{};
    JournalStatus status = JournalStatus::done;
};

/// One line of JSON, without the line end. Names that are not UTF-8 are shown with replacement characters.
std::string to_json(const JournalEntry& entry);

/// Reads what `to_json` writes; fields of later versions are passed over. Throws FormatError naming the field that is missing,
/// of another type, or at odds with another one: a key that is not the digest of its form tells of a damaged line.
JournalEntry journal_entry_from_json(std::string_view text);

}  // namespace weft
