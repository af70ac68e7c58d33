#include "weft/executor/process_usage.hpp"

#include <charconv>
#include <ctime>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

#include "weft/executor/file_steps.hpp"
#include "weft/model/error.hpp"

namespace weft {
namespace {

/// A file of /proc; empty when it cannot be read.
std::string text_of(const char* path) {
    try {
        return content_of_file(path);
    } catch (const SystemError&) {
        return "";
    }
}

/// The number behind "NAME:" at the beginning of a line; 0 when there is none.
std::uint64_t number_of(std::string_view text, std::string_view name) {
    std::size_t place = text.starts_with(name) ? 0 : text.find('\n' + std::string(name));
    if (place == std::string_view::npos) return 0;
    place = text.find_first_of("0123456789", place + name.size());
    std::uint64_t number = 0;
    if (place != std::string_view::npos) std::from_chars(text.data() + place, text.data() + text.size(), number);
    return number;
}

/// Linux counts, per thread, the nanoseconds that it ran and those in which it stood in line for a processor.
std::chrono::nanoseconds time_in_line() {
    std::uint64_t sum = 0;
    std::error_code failed;
    for (std::filesystem::directory_iterator thread("/proc/self/task", failed), end; !failed && thread != end; thread.increment(failed)) {
        const std::string text = text_of((thread->path() / "schedstat").c_str());
        const std::size_t space = text.find(' ');
        std::uint64_t waited = 0;
        if (space != std::string::npos) std::from_chars(text.data() + space + 1, text.data() + text.size(), waited);
        sum += waited;
    }
    return std::chrono::nanoseconds(sum);
}

}  // namespace

ProcessUsage usage_of_this_process() {
    ProcessUsage usage;
    timespec cpu{};
    if (::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &cpu) == 0)
        usage.cpu = std::chrono::seconds(cpu.tv_sec) + std::chrono::nanoseconds(cpu.tv_nsec);
    usage.crowded = time_in_line();
    const std::string status = text_of("/proc/self/status");
    constexpr std::uint64_t kilobyte = 1'024;   // what "kB" means there
    usage.resident = number_of(status, "VmRSS:") * kilobyte;
    usage.peak_resident = number_of(status, "VmHWM:") * kilobyte;
    usage.swapped = number_of(status, "VmSwap:") * kilobyte;
    const std::string traffic = text_of("/proc/self/io");
    usage.read_bytes = number_of(traffic, "read_bytes:");
    usage.written_bytes = number_of(traffic, "write_bytes:");
    return usage;
}

}  // namespace weft
