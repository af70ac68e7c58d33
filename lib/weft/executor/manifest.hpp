// What a result consists of, written beside its files when it is published: a file that somebody cut short, changed or
// deleted later is found by it, and a lost journal is made again from it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "weft/bytes/digest.hpp"
#include "weft/executor/journal_entry.hpp"

namespace weft {

/// Name of the manifest in the folder of a result. No output may have it.
inline constexpr std::string_view manifest_name = "manifest.json";

struct StoredFile {
    std::string name{};       // relative to the result's folder
    std::uint64_t size = 0;   // bytes
    Digest digest{};          // of its content

    friend bool operator==(const StoredFile&, const StoredFile&) = default;
};

struct Manifest {
    JournalEntry entry;                 // of the task that made the result
    std::vector<StoredFile> files{};    // sorted by name
};

/// JSON, one line per file. Throws UsageError for a name that is not UTF-8.
std::string to_json(const Manifest& manifest);

/// Reads the manifest of the result in `folder`. Throws SystemError when it cannot be read, FormatError when it is not whole.
Manifest read_manifest(const std::string& folder);

/// The same, or nothing where there is no such file.
std::optional<Manifest> find_manifest(const std::string& folder);

/// How closely files are compared with the manifest: by size costs a look at each, by content reads all bytes.
enum class CheckDepth : std::uint8_t { sizes, contents };

/// What is wrong with the files of the result in `folder`, one line each: "genes.paf: has 10 bytes, 2000 were written".
std::vector<std::string> problems_of_result(const std::string& folder, CheckDepth depth);

/// The same when the manifest has been read.
std::vector<std::string> problems_of_files(const std::string& folder, const Manifest& manifest, CheckDepth depth);

}  // namespace weft
