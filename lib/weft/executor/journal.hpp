// The diary of a work folder: one line per task that ended, in the order in which they did. It tells why a task ran and how
// long it took; whether a result exists is for the store alone to say, so a journal that is damaged or lost costs nothing.
//
// A line is written by one call in append mode, after its result is on the disk: the journal may lag behind the files, never
// run ahead of them. What a killed run leaves of a line is cut off when the journal is opened again.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "weft/executor/file_steps.hpp"
#include "weft/executor/journal_entry.hpp"
#include "weft/executor/result_store.hpp"

namespace weft {

/// What the journal knows of one task.
struct TaskHistory {
    JournalEntry last;                            // however it ended
    std::optional<std::int64_t> milliseconds{};   // that it took when it last ended well
};

struct JournalContent {
    std::map<std::string, TaskHistory> tasks{};   // by name of the task
    std::uint64_t entries = 0;
    std::vector<std::uint64_t> damaged_lines{};   // numbers, from 1, of whole lines that are not entries; they were passed over
};

/// Reads a journal; a missing one is empty. A last line without its end is not looked at. Throws SystemError.
JournalContent read_journal(const std::string& path);

/// A journal to be added to. Thread-safe.
class Journal {
public:
    /// Opens the journal, or makes a lost one again from the manifests of the store. Throws SystemError.
    Journal(std::string path, const ResultStore& store);
    ~Journal();   // as `commit`, but failures are not heard of

    /// Adds a line. A result must have been published before. At most every 50 ms this waits for the disk. Throws SystemError.
    void append(const JournalEntry& entry);

    /// Waits until all lines are on the disk: at the end of a stage and of a run.
    void commit();

private:
    void cut_off_torn_line();

    std::string path_;
    OpenFile file_{};
    std::mutex commit_mutex_{};   // taken before the next one
    std::mutex mutex_{};          // of what follows, and of the order of lines
    std::chrono::steady_clock::time_point last_commit_{};
    bool uncommitted_ = false;
    bool torn_ = false;   // the last write failed half way
};

}  // namespace weft
