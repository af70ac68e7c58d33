#include "weft/bytes/system_call.hpp"

#include <cerrno>
#include <system_error>

#include "weft/model/error.hpp"

namespace weft {
namespace {

std::string advice_for(const std::string& action, int error_number) {
    switch (error_number) {
        case ENOSPC:
        case EDQUOT: return "free some space or write to another place";
        case EMFILE: return "raise the limit of open files (ulimit -n)";
        case ENOMEM: return "free some memory or give the run more";
        case ENAMETOOLONG: return "choose a shorter name";
        case EISDIR: return "give a file, not a directory";
        case ENOENT: return action == "create" ? "create the directory first" : "";
        default: return "";
    }
}

}  // namespace

void throw_system_error(const std::string& path, const std::string& action, int error_number) {
    const bool input = action == "open" || action == "read";
    // errno may be 0 when a library failed without a system call to blame; "Success" would be a poor explanation.
    const std::string reason = error_number == 0 ? "unknown reason" : std::generic_category().message(error_number);
    Complaint complaint{input ? shown_input(path) : shown_output(path), "cannot " + action + ": " + reason,
                        advice_for(action, error_number)};
    if (error_number == EPIPE) throw ClosedPipe(std::move(complaint));
    throw SystemError(std::move(complaint));
}

std::string shown_input(const std::string& path) { return path == "-" ? "standard input" : path; }
std::string shown_output(const std::string& path) { return path == "-" || path.empty() ? "standard output" : path; }

}  // namespace weft
