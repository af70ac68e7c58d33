#include "run_display.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <fstream>

#include <fmt/format.h>

#include "quantities.hpp"
#include "signals.hpp"

namespace weft {
namespace {

constexpr auto refresh = std::chrono::milliseconds{200};
constexpr auto grace_after_signal = std::chrono::seconds{1};

}  // namespace

RunDisplay::RunDisplay(const RunProgress& progress, const DisplayOptions& options)
    : progress_(progress), options_(options), thread_([this] { watch(); }) {}

RunDisplay::~RunDisplay() { finish(); }

void RunDisplay::finish() {
    if (!thread_.joinable()) return;
    {
        const std::lock_guard lock{mutex_};
        end_ = true;
    }
    ended_.notify_all();
    thread_.join();
    peak_private_memory_ = std::max(peak_private_memory_, memory_use().private_bytes);
    if (drawn_) std::fputs("\r\033[K", stderr);
}

void RunDisplay::watch() {
    std::unique_lock lock{mutex_};
    std::chrono::steady_clock::time_point deadline{};
    while (!ended_.wait_for(lock, refresh, [this] { return end_; })) {
        const auto now = std::chrono::steady_clock::now();
        if (stop_requested() && deadline == std::chrono::steady_clock::time_point{}) deadline = now + grace_after_signal;
        if (stop_requested() && now >= deadline) {
            options_.before_forced_end();
            ::_exit(128 + caught_signal());
        }
        peak_private_memory_ = std::max(peak_private_memory_, memory_use().private_bytes);
        if (options_.progress_line && progress_.features_read > 0) draw();
    }
}

void RunDisplay::draw() {
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
    const std::string line = fmt::format("\r{}\033[K", progress_text(progress_, seconds));
    std::fwrite(line.data(), 1, line.size(), stderr);
    drawn_ = true;
}

std::string progress_text(const RunProgress& progress, double seconds) {
    const std::uint64_t bases = progress.bases_written.load();
    const std::uint64_t done = progress.input_bytes_done.load();
    const std::uint64_t total = progress.input_bytes_total.load();
    std::string text = fmt::format("{} features, {}, {}/s", with_commas(progress.features_written.load()), bases_text(bases),
                                   bases_text(static_cast<std::uint64_t>(static_cast<double>(bases) / std::max(seconds, 1e-3))));
    if (total == 0 || done == 0) return text;
    const double share = std::min(1.0, static_cast<double>(done) / static_cast<double>(total));
    text += fmt::format(", {:.0f} %", 100 * share);
    if (seconds >= 1) text += fmt::format(", {} left", duration_text(seconds * (1 - share) / share));
    return text;
}

MemoryUse memory_use() {
    std::uint64_t size = 0;
    std::uint64_t resident = 0;
    std::uint64_t shared = 0;
    std::ifstream{"/proc/self/statm"} >> size >> resident >> shared;
    const auto page = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
    return {(resident - shared) * page, shared * page};
}

}  // namespace weft
