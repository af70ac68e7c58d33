#include "weft/executor/result_store.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <filesystem>
#include <utility>

#include "weft/bytes/output_file.hpp"
#include "weft/bytes/system_call.hpp"
#include "weft/executor/fault.hpp"
#include "weft/executor/file_steps.hpp"
#include "weft/executor/this_process.hpp"
#include "weft/model/error.hpp"

namespace weft {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view part_mark = ".part.";   // KEY.part.PID.N@HOST
constexpr std::size_t key_length = 32;

bool is_leftover(const std::string& name) { return name.find(part_mark) == key_length; }

// Whether the process of this machine that wrote the draft has ended. Drafts of other machines are not ours to judge.
bool writer_is_dead(const std::string& name) {
    const std::size_t at = name.find('@');
    if (at == std::string::npos || name.substr(at + 1) != host_name()) return false;
    long process = 0;
    const char* const digits = name.data() + key_length + part_mark.size();
    if (std::from_chars(digits, name.data() + at, process).ec != std::errc{}) return false;
    return !process_is_alive(process);
}

std::string name_of(const std::string& path) { return fs::path(path).filename().string(); }

// Results and drafts in all shards of the store.
std::vector<std::string> folders_in(const std::string& store) {
    std::vector<std::string> folders;
    for (const std::string& shard : entries_of_folder(store)) {
        if (!fs::is_directory(shard)) continue;
        for (std::string& folder : entries_of_folder(shard)) folders.push_back(std::move(folder));
    }
    return folders;
}

struct DraftContent {
    std::vector<std::string> files{};     // relative to the draft, sorted
    std::vector<std::string> folders{};   // full paths, each behind the folders in it
};

void list(const std::string& draft, const std::string& folder, DraftContent& content) {
    for (const std::string& path : entries_of_folder(folder)) {
        const std::string name = path.substr(draft.size() + 1);
        const fs::file_type type = fs::symlink_status(path).type();
        if (type == fs::file_type::directory) {
            list(draft, path, content);
        } else if (type != fs::file_type::regular) {
            throw UsageError({path, "is a link or a device; a result holds files and folders", "write the content itself"});
        } else if (name == manifest_name) {
            throw UsageError({path, "has the name of the list of the result's files", "give the output another name"});
        } else {
            content.files.push_back(name);
        }
    }
    content.folders.push_back(folder);
}

// Brings a file to its final state on the disk.
StoredFile seal(const std::string& draft, const std::string& name) {
    const std::string path = draft + "/" + name;
    const OpenFile file(path, O_RDONLY);
    struct stat status {};
    if (::fstat(file.number(), &status) != 0) throw_system_error(path, "read", errno);
    StoredFile stored{name, static_cast<std::uint64_t>(status.st_size), digest_of_descriptor(file.number(), path)};
    // Published files are hard links to these: whoever edits one in place would change the result under its key. Read-only files
    // make an editor write a new file, which leaves ours alone.
    if (::fchmod(file.number(), 0444) != 0) throw_system_error(path, "make read-only", errno);
    fault_point("fsync");
    if (::fsync(file.number()) != 0) throw_system_error(path, "write", errno);
    return stored;
}

}  // namespace

ResultDraft::ResultDraft(ContentKey key, std::string folder) : key_(std::move(key)), folder_(std::move(folder)) {}

ResultDraft::ResultDraft(ResultDraft&& other) noexcept : key_(std::move(other.key_)), folder_(std::exchange(other.folder_, {})) {}

ResultDraft::~ResultDraft() {
    std::error_code ignored;   // what cannot be removed now is removed as a leftover
    if (!folder_.empty()) fs::remove_all(folder_, ignored);
}

ResultStore::ResultStore(std::string work_folder)
    : work_(std::move(work_folder)), store_(work_ + "/store"), quarantine_(work_ + "/quarantine") {
    make_folder(store_);
    make_folder(quarantine_);
}

std::string ResultStore::shard_of(const Digest& key) const { return store_ + "/" + key.hex().substr(0, 2); }
std::string ResultStore::folder_of(const Digest& key) const { return shard_of(key) + "/" + key.hex(); }

std::string ResultStore::private_name(const Digest& key) {
    return folder_of(key) + std::string(part_mark) + std::to_string(::getpid()) + "." + std::to_string(drafts_++) + "@" + host_name();
}

ResultDraft ResultStore::begin(const ContentKey& key) {
    make_folder(shard_of(key.digest()));
    for (;;) {   // a name is taken where a process of our number died, or where this process has a second store
        std::string folder = private_name(key.digest());
        if (::mkdir(folder.c_str(), 0777) == 0) return {key, std::move(folder)};
        if (errno != EEXIST) throw_system_error(folder, "create", errno);
    }
}

std::string ResultStore::publish(ResultDraft draft, const JournalEntry& entry) {
    const Digest& key = draft.key_.digest();
    DraftContent content;
    list(draft.folder_, draft.folder_, content);
    std::ranges::sort(content.files);
    Manifest manifest{.entry = entry};
    manifest.entry.key = draft.key_;
    for (const std::string& name : content.files) manifest.files.push_back(seal(draft.folder_, name));
    write_new_file(draft / manifest_name, to_json(manifest));
    for (const std::string& folder : content.folders) sync_folder(folder);

    const std::string result = folder_of(key);
    while (!rename_to_free_name(draft.folder_, result)) {
        if (find(key)) {
            // Not ours, and perhaps not on the disk yet: the journal line that follows must not be there before it.
            sync_folder(shard_of(key));
            return result;
        }
        move_to_quarantine(key, result, "a folder without " + std::string(manifest_name) + " stood in the place of a result\n");
    }
    draft.folder_.clear();
    sync_folder(shard_of(key));
    return result;
}

std::optional<std::string> ResultStore::find(const Digest& key) const {
    std::string folder = folder_of(key);
    const std::string manifest = folder + "/" + std::string(manifest_name);
    if (::access(manifest.c_str(), F_OK) != 0) return std::nullopt;
    return folder;
}

std::vector<std::string> ResultStore::problems(const Digest& key, CheckDepth depth) const {
    const std::optional<std::string> folder = find(key);
    return folder ? problems_of_result(*folder, depth) : std::vector<std::string>{};
}

std::optional<StoredResult> ResultStore::look_at(const Digest& key, std::vector<std::string>& problems) const {
    std::string folder = folder_of(key);
    try {
        std::optional<Manifest> manifest = find_manifest(folder);
        if (!manifest) return std::nullopt;
        problems = problems_of_files(folder, *manifest, CheckDepth::sizes);
        if (!problems.empty()) return std::nullopt;
        return StoredResult{key, std::move(folder), std::move(*manifest)};
    } catch (const Error& error) {   // a list of files that cannot be read
        problems.emplace_back(error.what());
        return std::nullopt;
    }
}

std::string ResultStore::quarantine(ResultDraft draft, std::string_view log) {
    std::string folder = move_to_quarantine(draft.key_.digest(), draft.folder_, log);
    draft.folder_.clear();
    return folder;
}

std::string ResultStore::quarantine(const Digest& key, std::string_view log) { return move_to_quarantine(key, folder_of(key), log); }

std::string ResultStore::move_to_quarantine(const Digest& key, const std::string& folder, std::string_view log) {
    for (int count = 1;; ++count) {
        std::string place = quarantine_ + "/" + key.hex() + (count == 1 ? "" : "." + std::to_string(count));
        // Asked before the rename, which would take the place of an empty folder.
        if (fs::exists(place)) continue;
        if (!fs::exists(folder)) return "";   // another process was faster
        if (!rename_to_free_name(folder, place)) continue;
        OutputFile file(place + ".log");
        file.write(log);
        file.commit();
        return place;
    }
}

std::size_t ResultStore::remove_leftovers(OtherWriters others) {
    std::size_t removed = 0;
    for (const std::string& folder : folders_in(store_)) {
        const std::string name = name_of(folder);
        if (!is_leftover(name) || (others == OtherWriters::possible && !writer_is_dead(name))) continue;
        remove_tree(folder);
        ++removed;
    }
    if (others == OtherWriters::possible) return removed;
    for (const std::string& path : entries_of_folder(work_)) {   // journal and memory of digests that were not renamed any more
        if (!path.ends_with(".part") || !fs::is_regular_file(path)) continue;
        remove_tree(path);
        ++removed;
    }
    return removed;
}

void ResultStore::remove(const Digest& key) {
    if (!fs::exists(folder_of(key))) return;
    // Under a private name first, so that a result which is half removed is none.
    const std::string doomed = private_name(key);
    if (rename_to_free_name(folder_of(key), doomed)) remove_tree(doomed);
}

CleanCounts ResultStore::clean(const std::set<Digest>& keep) {
    CleanCounts counts;
    counts.leftovers = remove_leftovers(OtherWriters::none);
    for (const Digest& key : keys()) {
        if (keep.contains(key)) continue;
        remove(key);
        ++counts.results;
    }
    for (const std::string& item : entries_of_folder(quarantine_)) {
        if (fs::is_directory(item)) ++counts.quarantined;
        remove_tree(item);
    }
    return counts;
}

std::vector<Digest> ResultStore::keys() const {
    std::vector<Digest> keys;
    for (const std::string& folder : folders_in(store_)) {
        if (const std::optional<Digest> key = Digest::from_hex(name_of(folder))) keys.push_back(*key);
    }
    return keys;
}

std::vector<JournalEntry> ResultStore::entries() const {
    std::vector<JournalEntry> entries;
    for (const Digest& key : keys()) {
        try {
            entries.push_back(read_manifest(folder_of(key)).entry);
        } catch (const Error&) {
            continue;   // found by `problems` when its task is asked for
        }
    }
    return entries;
}

}  // namespace weft
