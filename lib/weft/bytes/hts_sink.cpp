#include "weft/bytes/hts_sink.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

#include "weft/bytes/system_call.hpp"

namespace weft {

HtsSink::HtsSink(const std::string& path, const std::string& shown, const std::string& mode) : shown_(shown) {
    quiet_hts();
    descriptor_ = path == "-" ? ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3) : ::open(path.c_str(), O_WRONLY | O_TRUNC | O_CLOEXEC);
    if (descriptor_ < 0) throw_system_error(shown_, "write", errno);
    HFile bytes(hdopen(descriptor_, "w"));
    if (!bytes) {
        const int error_number = errno;
        ::close(descriptor_);
        throw_system_error(shown_, "write", error_number);
    }
    // HTSlib puts the name by which it knows a file into a CRAM. A temporary name would make no two runs equal.
    file_.reset(hts_hopen(bytes.get(), "weft", mode.c_str()));
    if (!file_) throw_system_error(shown_, "write", errno);
    bytes_ = bytes.release();   // file_ owns it now
}

HtsSink::~HtsSink() {
    if (file_) {
        const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
        if (nowhere >= 0 && ::dup2(nowhere, descriptor_) >= 0) {
            hclearerr(bytes_);
            file_.reset();
        } else {
            (void)file_.release();   // better left open than closed in a way that may not end
        }
        if (nowhere >= 0) ::close(nowhere);
    }
    for (const int descriptor : {output_, held_})
        if (descriptor >= 0) ::close(descriptor);
}

void HtsSink::check(int status) const {
    if (status < 0) throw_system_error(shown_, "write", errno);
}

void HtsSink::hold_back() {
    if (held_ >= 0) return;
    check(output_ = ::fcntl(descriptor_, F_DUPFD_CLOEXEC, 3));
    check(held_ = ::memfd_create("weft", MFD_CLOEXEC));
    check(::dup2(held_, descriptor_));
}

void HtsSink::close() {
    hold_back();
    errno = 0;
    check(hts_close(file_.release()));
    write_held_back();
    // A descriptor is gone after close even when that reports an error.
    check(::close(std::exchange(output_, -1)));
}

void HtsSink::write_held_back() {
    std::array<char, 65536> piece;
    for (off_t offset = 0;;) {
        const ssize_t count = ::pread(held_, piece.data(), piece.size(), offset);
        if (count < 0) throw_system_error(shown_, "write", errno);
        if (count == 0) return;
        for (ssize_t written = 0; written < count;) {
            const ssize_t more = ::write(output_, piece.data() + written, static_cast<std::size_t>(count - written));
            if (more < 0 && errno == EINTR) continue;
            if (more < 0) throw_system_error(shown_, "write", errno);
            written += more;
        }
        offset += count;
    }
}

}  // namespace weft
