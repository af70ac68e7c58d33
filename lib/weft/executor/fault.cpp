#include "weft/executor/fault.hpp"

#include <unistd.h>

#include <charconv>
#include <csignal>
#include <cstdlib>
#include <mutex>
#include <optional>

#include "weft/model/error.hpp"

namespace weft {
namespace {

struct Fault {
    std::string point{};
    long passages_left = 0;
    std::optional<std::string> subject{};   // crash there, at every passage; with a star at the end it is a beginning
    bool throws = false;
    bool known = false;   // the environment was read, or a test has spoken
};

std::mutex fault_mutex;
Fault fault;

Fault parse(std::string_view text) {
    const auto refuse = [&] {
        throw UsageError({"WEFT_FAULT", "'" + std::string(text) + "' is not POINT:N, POINT:N:throw or POINT@NAME",
                          "give, say, rename:3, or unset it"});
    };
    Fault parsed;
    parsed.known = true;
    if (text.empty()) return parsed;
    const std::size_t at = text.find('@');
    const std::size_t colon = text.find(':');
    if (at != std::string_view::npos && at > 0 && at < colon) {   // the name may hold anything
        parsed.point = text.substr(0, at);
        parsed.subject = text.substr(at + 1);
        return parsed;
    }
    if (colon == 0 || colon == std::string_view::npos) refuse();
    std::string_view count = text.substr(colon + 1);
    parsed.throws = count.ends_with(":throw");
    if (parsed.throws) count.remove_suffix(std::string_view(":throw").size());
    const auto [end, failed] = std::from_chars(count.data(), count.data() + count.size(), parsed.passages_left);
    if (failed != std::errc{} || end != count.data() + count.size() || parsed.passages_left < 1) refuse();
    parsed.point = text.substr(0, colon);
    return parsed;
}

bool concerns(const std::string& wanted, std::string_view subject) {
    return wanted.ends_with('*') ? subject.starts_with(std::string_view(wanted).substr(0, wanted.size() - 1)) : subject == wanted;
}

const char* from_environment() {
    const char* const text = std::getenv("WEFT_FAULT");
    return text == nullptr ? "" : text;
}

}  // namespace

// The variable is only looked at here and understood at the first point: no exception can be caught before main.
bool detail::fault_armed = *from_environment() != '\0';

void arm_fault(std::string_view text) {
    const std::scoped_lock lock(fault_mutex);
    fault = parse(text);
    detail::fault_armed = !text.empty();
}

void detail::pass_fault_point(std::string_view point, std::string_view subject) {
    const std::scoped_lock lock(fault_mutex);
    if (!fault.known) fault = parse(from_environment());
    if (point != fault.point) return;
    if (fault.subject) {
        if (concerns(*fault.subject, subject)) std::raise(SIGSEGV);
        return;
    }
    if (fault.passages_left == 0 || --fault.passages_left > 0) return;
    if (fault.throws) throw SystemError({"WEFT_FAULT", "stopped at the point '" + fault.point + "'", "unset WEFT_FAULT"});
    ::_exit(fault_exit_code);
}

}  // namespace weft
