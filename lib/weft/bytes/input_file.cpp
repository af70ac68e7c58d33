#include "weft/bytes/input_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "weft/bytes/system_call.hpp"

namespace weft {

InputFile open_input(const std::string& path) {
    quiet_hts();
    // Standard input gets a descriptor of our own, because HTSlib closes what it was given.
    const int descriptor = path == "-" ? ::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3) : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) throw_system_error(path, "open", errno);
    struct stat status {};
    if (::fstat(descriptor, &status) != 0 || S_ISDIR(status.st_mode)) {
        const int error_number = S_ISDIR(status.st_mode) ? EISDIR : errno;
        ::close(descriptor);
        throw_system_error(path, "open", error_number);
    }
    InputFile file{shown_input(path), HFile(hdopen(descriptor, "r")), 0, S_ISREG(status.st_mode)};
    if (!file.stream) {
        const int error_number = errno;
        ::close(descriptor);
        throw_system_error(path, "open", error_number);
    }
    if (file.regular) file.size = static_cast<std::uint64_t>(status.st_size);
    return file;
}

std::uint64_t check_input(const std::string& path) {
    struct stat status {};
    if (path == "-" ? ::fstat(STDIN_FILENO, &status) != 0 : ::stat(path.c_str(), &status) != 0) throw_system_error(path, "open", errno);
    if (S_ISDIR(status.st_mode)) throw_system_error(path, "open", EISDIR);
    if (path != "-" && ::access(path.c_str(), R_OK) != 0) throw_system_error(path, "open", errno);
    return S_ISREG(status.st_mode) ? static_cast<std::uint64_t>(status.st_size) : 0;
}

}  // namespace weft
