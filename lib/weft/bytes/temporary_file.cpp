#include "weft/bytes/temporary_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <utility>

#include "weft/model/error.hpp"

namespace weft {

std::string scratch_directory(const std::string& output_path) {
    if (const char* chosen = std::getenv("TMPDIR"); chosen != nullptr && *chosen != '\0') return chosen;
    // No scratch file belongs beside /dev/stdout or /proc/self/fd/1, whatever they lead to.
    const bool system_folder = output_path.starts_with("/dev/") || output_path.starts_with("/proc/");
    if (output_path.empty() || output_path == "-" || system_folder) return std::filesystem::temp_directory_path().string();
    const std::string parent = std::filesystem::path(output_path).parent_path().string();
    return parent.empty() ? "." : parent;
}

TemporaryFile::TemporaryFile(const std::string& directory) : directory_(directory) {
    std::string name = directory + "/weft-XXXXXX";
    descriptor_ = ::mkostemp(name.data(), O_CLOEXEC);
    if (descriptor_ < 0) fail("create", errno);
    path_ = std::move(name);
}

TemporaryFile::TemporaryFile(const TemporaryFile& companion, const char* suffix) : directory_(companion.directory_) {
    std::string name = companion.path_ + suffix;
    descriptor_ = ::open(name.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor_ < 0) fail("create", errno);
    path_ = std::move(name);
}

TemporaryFile::~TemporaryFile() {
    forget_name();
    ::close(descriptor_);
}

void TemporaryFile::forget_name() noexcept {
    if (!path_.empty()) ::unlink(path_.c_str());
    path_.clear();
}

void TemporaryFile::write_at(std::uint64_t offset, std::span<const char> bytes) {
    while (!bytes.empty()) {
        const ssize_t count = ::pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) fail("write", errno);
        offset += static_cast<std::uint64_t>(count);
        bytes = bytes.subspan(static_cast<std::size_t>(count));
    }
}

void TemporaryFile::read_at(std::uint64_t offset, std::span<char> bytes) const {
    while (!bytes.empty()) {
        const ssize_t count = ::pread(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) fail("read", count < 0 ? errno : EIO);
        offset += static_cast<std::uint64_t>(count);
        bytes = bytes.subspan(static_cast<std::size_t>(count));
    }
}

void TemporaryFile::set_size(std::uint64_t size) {
    if (::ftruncate(descriptor_, static_cast<off_t>(size)) != 0) fail("enlarge", errno);
}

void TemporaryFile::fail(const char* action, int error_number) const {
    throw SystemError({directory_, std::string("cannot ") + action + " a temporary file: " + std::generic_category().message(error_number),
                       "set TMPDIR to a directory with room"});
}

}  // namespace weft
