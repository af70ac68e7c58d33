// Results by the key of what they were made from: WORK/store/ab/ABCD…/, each a folder that appears whole or not at all.
//
// A task writes into a private folder, "KEY.part.PID.N@HOST". When it has ended well, the files go to the disk and the folder
// takes its final name by a rename, the one step that a file system does whole or not at all. So a killed run leaves results
// and leftovers and nothing between, and the next run tells them apart by name, without being told that anything went wrong.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "weft/executor/content_key.hpp"
#include "weft/executor/journal_entry.hpp"
#include "weft/executor/manifest.hpp"

namespace weft {

/// A private folder for a result in the making; removed with all its files unless it is published or quarantined.
class ResultDraft {
public:
    ~ResultDraft();
    ResultDraft(ResultDraft&& other) noexcept;
    ResultDraft& operator=(ResultDraft&&) = delete;

    const std::string& folder() const { return folder_; }
    /// Path of an output in the folder. Sub-folders are the caller's to create.
    std::string operator/(std::string_view name) const { return folder_ + "/" + std::string(name); }

private:
    friend class ResultStore;
    ResultDraft(ContentKey key, std::string folder);

    ContentKey key_;
    std::string folder_;   // empty: published, quarantined or moved from
};

/// A result in its folder.
struct StoredResult {
    Digest key{};
    std::string folder{};
    Manifest manifest;
};

/// Who else may write to a store at the moment: nobody while the run lock is held, unless workers on other machines share it.
enum class OtherWriters : std::uint8_t { none, possible };

/// What `clean` removed.
struct CleanCounts {
    std::size_t results = 0;
    std::size_t leftovers = 0;
    std::size_t quarantined = 0;
};

/// The store and the quarantine of a work folder. Thread-safe, and safe beside other processes; all members throw SystemError
/// when the disk fails.
class ResultStore {
public:
    /// Creates what is missing of WORK_FOLDER/store and WORK_FOLDER/quarantine; the work folder itself must exist.
    explicit ResultStore(std::string work_folder);

    ResultDraft begin(const ContentKey& key);

    /// Makes the draft the result of its key, on the disk when this returns, and returns the folder. Its files become
    /// read-only. When there is a result already, that one stays: two runs of one key make the same bytes. Throws UsageError for
    /// what cannot be a result: links, devices, a file named like the manifest, names that are not UTF-8.
    std::string publish(ResultDraft draft, const JournalEntry& entry);

    /// Folder of a result, if there is one. One look at the disk: whether its files are whole is asked by `problems`.
    std::optional<std::string> find(const Digest& key) const;

    /// What is wrong with a result's files; empty when they are whole, or when there is no such result.
    std::vector<std::string> problems(const Digest& key, CheckDepth depth) const;

    /// A result with its list of files, when all of them are there and as long as they were. Nothing when there is no such result, and
    /// when it is damaged: then `problems` gets what is wrong.
    std::optional<StoredResult> look_at(const Digest& key, std::vector<std::string>& problems) const;

    /// Moves a failed output, or a result that has problems, out of the way for somebody to look at: WORK/quarantine/KEY, the next
    /// time KEY.2, with `log` in a file of that name + ".log". Returns the new folder, empty if there was no such result.
    std::string quarantine(ResultDraft draft, std::string_view log);
    std::string quarantine(const Digest& key, std::string_view log);

    /// Removes a result, whole or not at all; harmless when there is none.
    void remove(const Digest& key);

    /// Removes what killed runs left behind in the work folder and returns how much that was. `possible`: only the drafts of dead
    /// processes of this machine.
    std::size_t remove_leftovers(OtherWriters others);

    /// Removes everything but the results of the keys to keep. Nobody else may be at work.
    CleanCounts clean(const std::set<Digest>& keep = {});

    /// Keys of all results, sorted.
    std::vector<Digest> keys() const;

    /// What the manifests say about the tasks of all results, in order of keys; those of damaged results are left out.
    std::vector<JournalEntry> entries() const;

private:
    std::string shard_of(const Digest& key) const;
    std::string folder_of(const Digest& key) const;
    std::string private_name(const Digest& key);
    std::string move_to_quarantine(const Digest& key, const std::string& folder, std::string_view log);

    std::string work_;
    std::string store_;
    std::string quarantine_;
    std::atomic<std::uint64_t> drafts_ = 0;
};

}  // namespace weft
