// In a handler of such signals nothing may be used but what is async-signal-safe: memory that is there, write(2), sigaction(2), raise(3).
// A thread whose stack is used up has no room for the handler and dies without words.
#include "crash_words.hpp"

#include <unistd.h>

#include <array>
#include <csignal>
#include <cstddef>
#include <cstring>

#include "weft/executor/fault.hpp"
#include "weft/model/current_feature.hpp"

namespace weft {
namespace {

struct CrashSignal {
    int number;
    const char* text;
};

constexpr std::array crash_signals{
    CrashSignal{SIGSEGV, "signal 11 (SIGSEGV)"}, CrashSignal{SIGBUS, "signal 7 (SIGBUS)"},   CrashSignal{SIGFPE, "signal 8 (SIGFPE)"},
    CrashSignal{SIGILL, "signal 4 (SIGILL)"},    CrashSignal{SIGABRT, "signal 6 (SIGABRT)"},
};
static_assert(SIGSEGV == 11 && SIGBUS == 7 && SIGFPE == 8 && SIGILL == 4 && SIGABRT == 6, "the numbers of Linux");

std::array<struct sigaction, crash_signals.size()> actions_before{};   // of the default, or of a sanitizer

/// One line, put together without an allocation.
class CrashLine {
public:
    void add(const char* text, std::size_t most) {
        for (; *text != '\0' && most > 0 && used_ + 2 < bytes_.size(); ++text, --most) {
            const auto letter = static_cast<unsigned char>(*text);
            bytes_[used_++] = letter < 0x20 || letter == 0x7F ? '?' : *text;   // a name is not to command the terminal
        }
    }
    void send() {
        bytes_[used_++] = '\n';
        (void)!::write(STDERR_FILENO, bytes_.data(), used_);
    }

private:
    std::array<char, 1'024> bytes_{};
    std::size_t used_ = 0;
};

extern "C" void tell_and_die(int signal) {
    constexpr std::size_t all = 1'024;
    for (std::size_t i = 0; i < crash_signals.size(); ++i) {
        if (crash_signals[i].number != signal) continue;
        CrashLine line;
        line.add("weft: ", all);
        line.add(crash_signals[i].text, all);
        if (const char* const feature = current_feature()) {
            line.add(" while aligning feature '", all);
            line.add(feature, 500);
            line.add(strnlen(feature, 501) > 500 ? "...'" : "'", all);
        }
        line.add("; this is a fault of weft or of the machine", all);
        line.send();
        ::sigaction(signal, &actions_before[i], nullptr);
    }
    ::raise(signal);   // delivered when the handler returns; the core then shows where it was
}

}  // namespace

void name_feature_at_crash() {
    for (std::size_t i = 0; i < crash_signals.size(); ++i) {
        struct sigaction action {};
        action.sa_handler = tell_and_die;
        sigemptyset(&action.sa_mask);
        ::sigaction(crash_signals[i].number, &action, &actions_before[i]);
    }
    call_at_each_feature([](const char* name) { fault_point("align", name); });
}

}  // namespace weft
