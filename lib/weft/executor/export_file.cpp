#include "weft/executor/export_file.hpp"

#include <fcntl.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <vector>

#include "weft/bytes/system_call.hpp"
#include "weft/executor/fault.hpp"
#include "weft/executor/file_steps.hpp"

namespace weft {
namespace {

constexpr std::size_t piece_size = std::size_t{1} << 20;   // bytes per call

bool same_file(const std::string& a, const std::string& b) {
    struct stat first {}, second {};
    if (::lstat(a.c_str(), &first) != 0 || ::lstat(b.c_str(), &second) != 0) return false;
    return first.st_dev == second.st_dev && first.st_ino == second.st_ino;
}

// One name for each target, so that the next run removes what a killed one has left. No two exports of one target run at a
// time: a pipeline has one writer for each file, and a work folder has one run.
std::string temporary_name(const std::string& target) { return target + ".weft.part"; }

void copy_bytes(const OpenFile& source, const std::string& source_path, const OpenFile& target, const std::string& target_path) {
    std::vector<char> buffer(piece_size);
    for (;;) {
        const ssize_t count = ::read(source.number(), buffer.data(), buffer.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) throw_system_error(source_path, "read", errno);
        if (count == 0) return;
        for (ssize_t done = 0; done < count;) {
            const ssize_t written = ::write(target.number(), buffer.data() + done, static_cast<std::size_t>(count - done));
            if (written < 0 && errno == EINTR) continue;
            if (written < 0) throw_system_error(target_path, "write", errno);
            done += written;
        }
    }
}

// Fills the temporary file in the cheapest way. Clones and copies are the user's own: they get ordinary permissions.
ExportWay fill(const std::string& source, const std::string& temporary, const std::string& target) {
    // Refused between file systems, for files of another owner, above the limit of links, by FAT: whatever it is, a copy works.
    if (::link(source.c_str(), temporary.c_str()) == 0) return ExportWay::link;
    const OpenFile from(source, O_RDONLY);
    const OpenFile to(temporary, O_WRONLY | O_CREAT | O_EXCL);
    fault_point("write");
    ExportWay way = ExportWay::clone;
    if (::ioctl(to.number(), FICLONE, from.number()) != 0) {
        copy_bytes(from, source, to, target);
        way = ExportWay::copy;
    }
    fault_point("fsync");
    if (::fsync(to.number()) != 0) throw_system_error(target, "write", errno);
    return way;
}

}  // namespace

ExportWay export_file(const std::string& source, const std::string& target) {
    const std::string temporary = temporary_name(target);
    ::unlink(temporary.c_str());
    // Also because rename does nothing when both names are links to one file: the temporary name would stay.
    if (same_file(source, target)) return ExportWay::present;
    const std::filesystem::path parent = std::filesystem::path(target).parent_path();
    if (std::error_code failed; !parent.empty()) {
        std::filesystem::create_directories(parent, failed);
        if (failed) throw_system_error(parent.string(), "create", failed.value());
    }
    try {
        const ExportWay way = fill(source, temporary, target);
        fault_point("rename");
        if (std::rename(temporary.c_str(), target.c_str()) != 0) throw_system_error(target, "write", errno);
        sync_folder(parent.empty() ? "." : parent.string());
        return way;
    } catch (...) {
        ::unlink(temporary.c_str());
        throw;
    }
}

}  // namespace weft
