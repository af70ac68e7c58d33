// What the stages of a run have left so far, by name. Every stage looks up those before it: one copy of all results for each would make
// ten thousand stages copy fifty million of them, so there is one list for all, and what it gives out stays where it is.
#pragma once

#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "weft/bytes/digest.hpp"
#include "weft/executor/journal_entry.hpp"
#include "weft/pipeline/pipeline.hpp"

namespace weft {

/// A file, or a folder with files, that a stage has made or (for `load`) found.
struct StageOutput {
    std::string path{};
    Digest digest{};   // of its content; of a folder, of the names and contents of its files
};

/// What a stage has left: the value of its task.
struct StageResult {
    std::string stage{};
    Digest key{};
    std::string folder{};                          // in the store
    bool reused = false;                           // taken from the store
    std::map<std::string, StageOutput> outputs{};  // by output name
};

/// Thread-safe.
class StageResults {
public:
    /// `pipeline` must outlive this object.
    explicit StageResults(const Pipeline& pipeline);

    /// The settings of a stage, or null when the pipeline has none of that name.
    const StageConfig* config_of(std::string_view stage) const;

    /// Of a stage that has a result already, the new one counts from now on; who holds the old one keeps it.
    void add(StageResult result);

    /// Null when there is none (yet). Valid as long as this object.
    const StageResult* find(std::string_view stage) const;

    /// What a stage wants to make, noted before it begins: a stage that fails leaves a line in the journal too.
    void attempt(const std::string& stage, JournalEntry entry);
    std::optional<JournalEntry> attempt_of(const std::string& stage) const;

private:
    std::unordered_map<std::string_view, const StageConfig*> configs_{};
    mutable std::mutex mutex_{};                                              // of what follows
    std::deque<StageResult> results_{};
    std::unordered_map<std::string_view, const StageResult*> by_stage_{};   // into results_
    std::map<std::string, JournalEntry> attempts_{};
};

}  // namespace weft
