// One run at a time in a work folder, by a lock that cannot be left behind: flock, which the kernel frees when its holder
// ends, whatever ends it. The file stays, with the name of the last holder in it, and means nothing by itself.
#pragma once

#include <string>

#include "weft/executor/file_steps.hpp"

namespace weft {

/// The lock of a work folder, held until destruction. A child process inherits it by fork and gives it up by exec.
class RunLock {
public:
    /// Takes WORK_FOLDER/lock or fails at once. Throws SystemError: another run has it (named by process and machine), or
    /// the file system has no such locks.
    explicit RunLock(const std::string& work_folder);
    ~RunLock();
    RunLock(const RunLock&) = delete;
    RunLock& operator=(const RunLock&) = delete;

private:
    OpenFile file_;
};

/// What RunLock throws when flock failed with this errno and `holder` is the content of the lock file. Apart for its test:
/// file systems without locks are not at hand everywhere.
[[noreturn]] void throw_lock_error(const std::string& path, int error_number, const std::string& holder);

}  // namespace weft
