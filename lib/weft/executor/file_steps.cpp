#include "weft/executor/file_steps.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <filesystem>

#include "weft/bytes/system_call.hpp"
#include "weft/executor/fault.hpp"

namespace weft {

OpenFile::OpenFile(const std::string& path, int flags, unsigned mode) : number_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {
    if (number_ < 0) throw_system_error(path, (flags & O_CREAT) != 0 ? "create" : "open", errno);
}

OpenFile::~OpenFile() {
    if (number_ >= 0) ::close(number_);
}

void write_new_file(const std::string& path, std::string_view content) {
    fault_point("write");
    const OpenFile file(path, O_WRONLY | O_CREAT | O_EXCL, 0444);
    while (!content.empty()) {
        const ssize_t count = ::write(file.number(), content.data(), content.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) throw_system_error(path, "write", errno);
        content.remove_prefix(static_cast<std::size_t>(count));
    }
    fault_point("fsync");
    if (::fsync(file.number()) != 0) throw_system_error(path, "write", errno);
}

namespace {

std::string rest_of_file(const OpenFile& file, const std::string& path) {
    std::string content;
    std::array<char, 16'384> piece;
    for (;;) {
        const ssize_t count = ::read(file.number(), piece.data(), piece.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) throw_system_error(path, "read", errno);
        if (count == 0) return content;
        content.append(piece.data(), static_cast<std::size_t>(count));
    }
}

}  // namespace

std::string content_of_file(const std::string& path) { return rest_of_file(OpenFile(path, O_RDONLY), path); }

std::optional<std::string> content_of_file_if_there(const std::string& path) {
    const int number = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (number < 0 && errno == ENOENT) return std::nullopt;
    if (number < 0) throw_system_error(path, "open", errno);
    return rest_of_file(OpenFile(number), path);
}

void sync_file(const std::string& path) {
    fault_point("fsync");
    const OpenFile file(path, O_RDONLY);   // fsync acts on the file, not on its opener
    if (::fsync(file.number()) != 0) throw_system_error(path, "write", errno);
}

void sync_folder(const std::string& path) {
    fault_point("fsync");
    const OpenFile folder(path, O_RDONLY | O_DIRECTORY);
    // EINVAL and EROFS come from file systems that have no sync of folders: nothing was promised, nothing is lost.
    if (::fsync(folder.number()) != 0 && errno != EINVAL && errno != EROFS) throw_system_error(path, "write", errno);
}

void make_folder(const std::string& path) {
    if (::mkdir(path.c_str(), 0777) == 0) {
        const std::string parent = std::filesystem::path(path).parent_path().string();
        sync_folder(parent.empty() ? "." : parent);
        return;
    }
    const int error_number = errno;
    if (error_number == EEXIST && std::filesystem::is_directory(path)) return;
    throw_system_error(path, "create", error_number);
}

bool rename_to_free_name(const std::string& from, const std::string& to) {
    fault_point("rename");
    // An empty folder at `to` would be replaced: that too is a free name, for a result is never empty.
    if (std::rename(from.c_str(), to.c_str()) == 0) return true;
    if (errno == ENOTEMPTY || errno == EEXIST) return false;
    throw_system_error(from, "rename to " + to, errno);
}

std::vector<std::string> entries_of_folder(const std::string& path) {
    std::vector<std::string> entries;
    std::error_code failed;
    for (std::filesystem::directory_iterator entry(path, failed), end; !failed && entry != end; entry.increment(failed)) {
        entries.push_back(entry->path().string());
    }
    if (failed) throw_system_error(path, "read", failed.value());
    std::ranges::sort(entries);
    return entries;
}

void remove_tree(const std::string& path) {
    std::error_code failed;
    std::filesystem::remove_all(path, failed);
    if (failed) throw_system_error(path, "remove", failed.value());
}

}  // namespace weft
