#include "signals.hpp"

#include <unistd.h>

#include <csignal>
#include <initializer_list>

namespace weft {
namespace {

std::atomic<bool> stop{false};
std::atomic<int> caught{0};
std::atomic<int> count{0};
std::atomic<int> count_that_stops{1};
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<int>::is_always_lock_free, "signal handlers cannot lock");

extern "C" void request_stop(int signal) {
    int none = 0;
    (void)caught.compare_exchange_strong(none, signal);
    const int stops = count_that_stops.load();
    const int now = count.fetch_add(1) + 1;
    if (now > stops && (signal == SIGINT || signal == SIGTERM)) ::_exit(128 + signal);
    if (now >= stops || signal == SIGPIPE) stop.store(true);
}

void handle(int signal, void (*handler)(int)) {
    struct sigaction action {};
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;   // library calls are not to fail with EINTR: the flag is looked at between batches
    sigemptyset(&action.sa_mask);
    sigaction(signal, &action, nullptr);
}

}  // namespace

void watch_signals() {
    handle(SIGINT, request_stop);   // also where a shell ignores it for jobs in the background: who sends it means it
    handle(SIGTERM, request_stop);
    for (const int signal : {SIGHUP, SIGPIPE}) {
        struct sigaction present {};
        sigaction(signal, nullptr, &present);
        if (present.sa_handler != SIG_IGN) handle(signal, request_stop);   // nohup stays nohup
    }
    handle(SIGXFSZ, SIG_IGN);
}

void drain_before_stop() { count_that_stops.store(2); }

int signals_caught() { return count.load(); }

void forget_signals() {
    count.store(0);
    caught.store(0);
}

const std::atomic<bool>& stop_requested() { return stop; }

int caught_signal() { return caught.load(); }

int end_by_signal() {
    const int signal = caught.load();
    if (signal == SIGPIPE) {
        handle(SIGPIPE, SIG_DFL);
        std::raise(SIGPIPE);
    }
    return 128 + signal;
}

}  // namespace weft
