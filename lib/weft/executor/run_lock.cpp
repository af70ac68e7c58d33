#include "weft/executor/run_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>

#include "weft/bytes/system_call.hpp"
#include "weft/executor/this_process.hpp"
#include "weft/model/error.hpp"

namespace weft {
namespace {

std::string lock_path(const std::string& work_folder) { return work_folder + "/lock"; }

}  // namespace

void throw_lock_error(const std::string& path, int error_number, const std::string& holder) {
    switch (error_number) {
        case EWOULDBLOCK: {
            const std::string line = holder.substr(0, holder.find('\n'));
            throw SystemError({path, "another run is at work here: " + (line.empty() ? "one that has just started" : line),
                               "wait for it, stop it, or give this run a work folder of its own"});
        }
        case ENOLCK:
        case ENOSYS:
        case EOPNOTSUPP:
            throw SystemError({path, "the file system of the work folder has no locks, so two runs could not be kept apart",
                               "put the work folder on another file system, or start with --no-lock and see to it that no other run "
                               "works here"});
        default: throw_system_error(path, "lock", error_number);
    }
}

RunLock::RunLock(const std::string& work_folder) : file_(lock_path(work_folder), O_RDWR | O_CREAT) {
    const std::string path = lock_path(work_folder);
    if (::flock(file_.number(), LOCK_EX | LOCK_NB) != 0) {
        const int error_number = errno;
        throw_lock_error(path, error_number, content_of_file(path));
    }
    const std::string holder = "process " + std::to_string(::getpid()) + " on " + host_name() + "\n";
    // Only for messages: a disk too full for this line will stop the run elsewhere, with a better reason.
    if (::ftruncate(file_.number(), 0) == 0) (void)!::pwrite(file_.number(), holder.data(), holder.size(), 0);
}

RunLock::~RunLock() {
    (void)!::ftruncate(file_.number(), 0);   // nobody is named who is not at work; closing frees the lock
}

}  // namespace weft
