#include "weft/bytes/output_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <utility>

#include "weft/bytes/system_call.hpp"
#include "weft/model/error.hpp"

namespace weft {
namespace {

constexpr std::size_t buffer_size = std::size_t{256} << 10;   // bytes per write call

bool is_standard_output(const std::string& path) { return path.empty() || path == "-"; }

void sync_directory(const std::string& file) {
    const std::filesystem::path parent = std::filesystem::path(file).parent_path();
    const int directory = ::open(parent.empty() ? "." : parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (directory < 0) return;    // the rename stands; some file systems let nobody open a directory
    (void)::fsync(directory);     // same: an unsupported sync of a directory loses nothing that was promised
    ::close(directory);
}

std::string temporary_stem(std::string_view destination, int process) { return std::string{destination} + "." + std::to_string(process); }

}  // namespace

bool is_stream_target(const std::string& target) {
    struct stat status {};
    if (is_standard_output(target)) return true;
    if (::stat(target.c_str(), &status) != 0 || S_ISDIR(status.st_mode)) return false;
    return !S_ISREG(status.st_mode) || target.starts_with("/dev/") || target.starts_with("/proc/");
}

std::string followed(const std::string& path) {
    std::filesystem::path place = path;
    std::error_code failed;
    for (int links = 0; links < 40 && std::filesystem::is_symlink(place, failed); ++links) {
        const std::filesystem::path next = std::filesystem::read_symlink(place, failed);
        if (failed) break;
        place = next.is_absolute() ? next : place.parent_path() / next;
    }
    return place.string();
}

bool is_temporary_name(std::string_view name, std::string_view destination, int process) {
    const std::string stem = temporary_stem(destination, process);
    if (!name.starts_with(stem) || !name.ends_with(".part") || name.size() < stem.size() + 5) return false;
    const std::string_view attempt = name.substr(stem.size(), name.size() - stem.size() - 5);   // "" or "-N"
    if (attempt.empty()) return true;
    return attempt.size() > 1 && attempt[0] == '-' && attempt.find_first_not_of("0123456789", 1) == std::string_view::npos;
}

OutputFile::OutputFile(std::string target, Durability durability) : target_(std::move(target)), durability_(durability) {
    if (is_standard_output(target_)) {
        destination_ = "-";
        stream_ = true;
        // A descriptor of our own: closing it reports late errors and leaves the process its standard output.
        descriptor_ = ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
        if (descriptor_ < 0) throw_system_error("-", "write", errno);
        return;
    }
    struct stat status {};
    const bool exists = ::stat(target_.c_str(), &status) == 0;
    if (exists && S_ISDIR(status.st_mode)) throw_system_error(target_, "write", EISDIR);
    if (is_stream_target(target_)) {
        destination_ = target_;
        stream_ = true;
        descriptor_ = ::open(destination_.c_str(), O_WRONLY | O_CLOEXEC);
        if (descriptor_ < 0) throw_system_error(target_, "write", errno);
        return;
    }
    destination_ = followed(target_);
    if (exists && ::access(destination_.c_str(), W_OK) != 0) throw_system_error(target_, "write", errno);
    create_temporary();
    if (exists) (void)::fchmod(descriptor_, status.st_mode & 07777);   // keep what the user had set, where we are allowed to
}

OutputFile::~OutputFile() { discard(); }

OutputFile::OutputFile(OutputFile&& other) noexcept
    : target_(std::move(other.target_)),
      destination_(std::move(other.destination_)),
      temporary_(std::exchange(other.temporary_, {})),
      durability_(other.durability_),
      stream_(other.stream_),
      descriptor_(std::exchange(other.descriptor_, -1)),
      written_(other.written_),
      buffer_(std::move(other.buffer_)) {}

OutputFile& OutputFile::operator=(OutputFile&& other) noexcept {
    if (this == &other) return *this;
    discard();
    target_ = std::move(other.target_);
    destination_ = std::move(other.destination_);
    temporary_ = std::exchange(other.temporary_, {});
    durability_ = other.durability_;
    stream_ = other.stream_;
    descriptor_ = std::exchange(other.descriptor_, -1);
    written_ = other.written_;
    buffer_ = std::move(other.buffer_);
    return *this;
}

void OutputFile::create_temporary() {
    // O_EXCL settles who owns a name, also between machines on one file system where process numbers repeat.
    const std::string stem = temporary_stem(destination_, ::getpid());
    for (int attempt = 0; attempt < 10'000; ++attempt) {
        std::string name = stem + (attempt == 0 ? "" : "-" + std::to_string(attempt)) + ".part";
        descriptor_ = ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (descriptor_ >= 0) {
            temporary_ = std::move(name);
            return;
        }
        if (errno != EEXIST) throw_system_error(target_, "create", errno);
    }
    throw SystemError({target_, "cannot create a temporary file: every name is taken", "remove the *.part files beside it"});
}

void OutputFile::write(std::span<const std::byte> bytes) {
    assert(descriptor_ >= 0 && "write after hand_over, commit or discard");
    written_ += bytes.size();
    if (buffer_.size() + bytes.size() > buffer_size) flush();
    if (bytes.size() >= buffer_size) {
        write_through(bytes);
    } else {
        buffer_.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    }
}

void OutputFile::write_through(std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
        const ssize_t count = ::write(descriptor_, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) throw_system_error(target_, "write", errno);
        bytes = bytes.subspan(static_cast<std::size_t>(count));
    }
}

void OutputFile::flush() {
    write_through(std::as_bytes(std::span(buffer_)));
    buffer_.clear();
}

void OutputFile::close_descriptor() {
    // After close the descriptor is gone even if the call reports an error, so it must not be closed a second time.
    if (::close(std::exchange(descriptor_, -1)) != 0 && errno != EINTR) throw_system_error(target_, "write", errno);
}

const std::string& OutputFile::hand_over() {
    assert(descriptor_ >= 0 && written_ == 0 && "hand_over comes before any write");
    close_descriptor();
    return temporary_.empty() ? destination_ : temporary_;
}

void OutputFile::sync() {
    // Bytes that a library wrote by name are synced through a descriptor of our own: fsync acts on the file, not on its opener.
    const int descriptor = ::open(temporary_.c_str(), O_WRONLY | O_CLOEXEC);
    if (descriptor < 0) throw_system_error(target_, "write", errno);
    const int error_number = ::fsync(descriptor) == 0 ? 0 : errno;
    ::close(descriptor);
    if (error_number != 0) throw_system_error(target_, "write", error_number);
}

void OutputFile::commit() {
    if (descriptor_ >= 0) {
        flush();
        close_descriptor();
    }
    if (temporary_.empty()) return;
    if (durability_ == Durability::disk) sync();
    if (std::rename(temporary_.c_str(), destination_.c_str()) != 0) throw_system_error(target_, "rename the finished file to", errno);
    temporary_.clear();
    if (durability_ == Durability::disk) sync_directory(destination_);
}

void OutputFile::discard() noexcept {
    buffer_.clear();
    if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
    if (!temporary_.empty()) ::unlink(temporary_.c_str());
    temporary_.clear();
}

}  // namespace weft
