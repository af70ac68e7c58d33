#include "weft/executor/input_digests.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <chrono>
#include <sstream>

#include "weft/bytes/output_file.hpp"
#include "weft/bytes/system_call.hpp"
#include "weft/executor/file_steps.hpp"
#include "weft/model/error.hpp"

namespace weft {
namespace {

constexpr std::string_view header = "weft input digests 1\n";   // then: device inode size changed_ns digest; last: digest of all before
constexpr std::size_t digest_line = 33;                         // 32 digits and the line end
constexpr std::int64_t settled_ns = 2'000'000'000;              // the coarsest time stamps in use (FAT) are 2 s apart

struct stat status_of(const OpenFile& file, const std::string& path) {
    struct stat status {};
    if (::fstat(file.number(), &status) != 0) throw_system_error(path, "read", errno);
    return status;
}

std::int64_t changed_ns(const struct stat& status) { return status.st_mtim.tv_sec * 1'000'000'000 + status.st_mtim.tv_nsec; }

std::int64_t now_ns() {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

}  // namespace

InputDigests::InputDigests(std::string memory_path, Memory memory) : memory_path_(std::move(memory_path)) {
    if (memory == Memory::use) load();
}

void InputDigests::load() {
    std::string text;
    try {
        text = content_of_file(memory_path_);
    } catch (const SystemError&) {
        return;   // missing or unreadable: every file is read again, which is slow and right
    }
    if (!text.starts_with(header) || text.size() < header.size() + digest_line) return;
    const std::string_view lines = std::string_view(text).substr(0, text.size() - digest_line);
    if (text.substr(lines.size()) != digest_of(lines).hex() + '\n') return;

    std::istringstream stream{std::string(lines.substr(header.size()))};
    FileId id;
    Known known;
    std::string hex;
    while (stream >> id.first >> id.second >> known.size >> known.changed_ns >> hex) {
        const std::optional<Digest> digest = Digest::from_hex(hex);
        if (!digest) return;
        known.digest = *digest;
        known.lasting = true;
        known_[id] = known;
    }
}

Digest InputDigests::of(const std::string& path) {
    // Told before it is opened: to open a pipe would wait for its writer.
    struct stat named {};
    if (::stat(path.c_str(), &named) != 0) throw_system_error(path, "open", errno);
    if (!S_ISREG(named.st_mode)) {
        throw UsageError({path, "is not a regular file; what cannot be read twice cannot be recognised by a later run",
                          "write it to a file first"});
    }
    const OpenFile file(path, O_RDONLY);
    const struct stat before = status_of(file, path);
    const FileId id(before.st_dev, before.st_ino);
    const auto size = static_cast<std::uint64_t>(before.st_size);

    std::unique_lock lock(mutex_);
    read_one_.wait(lock, [&] { return !being_read_.contains(id); });
    if (const auto place = known_.find(id); place != known_.end()) {
        const Known& known = place->second;
        if (known.size == size && known.changed_ns == changed_ns(before)) return known.digest;
    }
    being_read_.insert(id);
    ++files_read_;
    lock.unlock();

    const auto let_others_go = [&] {
        if (!lock.owns_lock()) lock.lock();
        being_read_.erase(id);
        read_one_.notify_all();
    };
    try {
        const std::int64_t start_ns = now_ns();
        const Digest digest = digest_of_descriptor(file.number(), path);
        const struct stat after = status_of(file, path);
        if (after.st_size != before.st_size || changed_ns(after) != changed_ns(before)) {
            throw SystemError({path, "changed while it was read", "let whoever writes it finish, then start again"});
        }
        lock.lock();
        const bool lasting = start_ns - changed_ns(before) > settled_ns;
        known_[id] = {size, changed_ns(before), digest, lasting};
        unsaved_ = unsaved_ || lasting;
        let_others_go();
        return digest;
    } catch (...) {
        let_others_go();
        throw;
    }
}

void InputDigests::save() {
    const std::scoped_lock lock(mutex_);
    if (!unsaved_) return;
    std::ostringstream lines;
    lines << header;
    for (const auto& [id, known] : known_) {
        if (!known.lasting) continue;
        lines << id.first << ' ' << id.second << ' ' << known.size << ' ' << known.changed_ns << ' ' << known.digest.hex() << '\n';
    }
    // No wait for the disk: what a power cut leaves of the file is told by its last line.
    OutputFile memory(memory_path_);
    memory.write(lines.str());
    memory.write(digest_of(lines.str()).hex() + '\n');
    memory.commit();
    unsaved_ = false;
}

std::uint64_t InputDigests::files_read() const {
    const std::scoped_lock lock(mutex_);
    return files_read_;
}

}  // namespace weft
