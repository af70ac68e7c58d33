#include "weft/executor/this_process.hpp"

#include <signal.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace weft {

std::string host_name() {
    std::array<char, 256> name{};
    if (::gethostname(name.data(), name.size() - 1) != 0 || name[0] == '\0') return "unknown";
    return name.data();
}

bool process_is_alive(long process) { return process > 0 && (::kill(static_cast<pid_t>(process), 0) == 0 || errno == EPERM); }

}  // namespace weft
