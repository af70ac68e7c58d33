// Digests of input files, read once and remembered: a genome of 3 GB is hashed in a second, but not at every start.
//
// A file is known again by device, inode, size and time of change in nanoseconds. Time stamps are coarse, so a file that
// changed just now could change once more and look the same: such a file is hashed, but not remembered. The memory saves time
// and decides nothing; one that is damaged is forgotten.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <utility>

#include "weft/bytes/digest.hpp"

namespace weft {

/// Thread-safe.
class InputDigests {
public:
    enum class Memory : std::uint8_t {
        use,      // believe what earlier runs remembered
        rehash,   // read every file again; what is found replaces what was remembered
    };

    /// `memory_path` is the file of the memory; it may be missing.
    explicit InputDigests(std::string memory_path, Memory memory = Memory::use);

    /// Digest of a file's content. A file is read at most once, even when several threads ask. Throws SystemError when it is
    /// missing, unreadable, or changes while it is read; UsageError when it is not a regular file.
    Digest of(const std::string& path);

    /// Writes the memory, whole or not at all, when there is something new. Throws SystemError.
    void save();

    /// Files that were read to answer `of`.
    std::uint64_t files_read() const;

private:
    using FileId = std::pair<std::uint64_t, std::uint64_t>;   // device, inode
    struct Known {
        std::uint64_t size = 0;
        std::int64_t changed_ns = 0;   // since 1970
        Digest digest{};
        bool lasting = false;          // may be remembered beyond this run
    };

    void load();

    std::string memory_path_;
    mutable std::mutex mutex_{};
    std::condition_variable read_one_{};
    std::map<FileId, Known> known_{};
    std::set<FileId> being_read_{};
    std::uint64_t files_read_ = 0;
    bool unsaved_ = false;
};

}  // namespace weft
