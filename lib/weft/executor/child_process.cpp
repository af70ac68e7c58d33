#include "weft/executor/child_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fstream>
#include <string_view>

#include <fmt/format.h>

#include "weft/bytes/system_call.hpp"
#include "weft/bytes/this_machine.hpp"
#include "weft/executor/file_steps.hpp"

namespace weft {
namespace {

constexpr int look_every = 20;   // milliseconds between two looks at the cancellation, where the kernel does not wake us

std::vector<char*> pointers_to(std::vector<std::string>& words) {
    std::vector<char*> pointers;
    for (std::string& word : words) pointers.push_back(word.data());
    pointers.push_back(nullptr);
    return pointers;
}

std::vector<std::string> environment_with(const std::vector<std::pair<std::string, std::string>>& added) {
    std::vector<std::string> variables;
    for (char** variable = environ; *variable != nullptr; ++variable) {
        const std::string_view text(*variable);
        const auto replaced = [&](const auto& pair) { return text.starts_with(pair.first + "="); };
        if (std::none_of(added.begin(), added.end(), replaced)) variables.emplace_back(text);
    }
    for (const auto& [name, value] : added) variables.push_back(name + "=" + value);
    return variables;
}

/// What the child does between fork and exec: system calls only, for other threads of the parent may hold any lock.
[[noreturn]] void become(const char* program, char** arguments, char** environment, const char* folder, int output, int failure, pid_t parent) {
    ::setpgid(0, 0);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) ::_exit(127);   // the parent died before it could be watched
    const int input = ::open("/dev/null", O_RDONLY);
    bool ready = input >= 0 && ::dup2(input, 0) >= 0 && ::dup2(output, 1) >= 0 && ::dup2(output, 2) >= 0 && ::chdir(folder) == 0;
    struct sigaction usual {};
    usual.sa_handler = SIG_DFL;
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGXFSZ}) ::sigaction(signal, &usual, nullptr);
    sigset_t none;
    sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    if (ready) ::execvpe(program, arguments, environment);
    const int error_number = errno;
    (void)!::write(failure, &error_number, sizeof error_number);
    ::_exit(127);
}

/// Whether a child has ended. It stays a zombie, so that its number is nobody else's.
bool has_ended(pid_t child) {
    siginfo_t info{};
    const int code = ::waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOHANG | WNOWAIT);
    return code == 0 ? info.si_pid == child : errno != EINTR;
}

/// Waits for the end of a child, looking at the cancellation meanwhile.
int wait_for(pid_t child, const std::string& program, const CancellationToken& cancel, std::chrono::milliseconds grace) {
    using Clock = std::chrono::steady_clock;
    const int handle = static_cast<int>(::syscall(SYS_pidfd_open, child, 0));
    Clock::time_point kill_at{};
    int sent = 0;
    while (!has_ended(child)) {
        if (sent == 0 && cancel.requested()) {
            ::kill(-child, sent = SIGTERM);
            kill_at = Clock::now() + grace;
        } else if (sent == SIGTERM && Clock::now() >= kill_at) {
            ::kill(-child, sent = SIGKILL);
        }
        pollfd event{handle, POLLIN, 0};
        (void)::poll(handle >= 0 ? &event : nullptr, handle >= 0 ? 1 : 0, look_every);
    }
    if (handle >= 0) ::close(handle);
    ::kill(-child, SIGKILL);   // what the child has left behind in its group
    int status = 0;
    while (::waitpid(child, &status, 0) < 0)
        if (errno != EINTR) throw_system_error(program, "tell its exit code", errno);   // SIGCHLD is ignored here: nobody may take that for 0
    return status;
}

}  // namespace

int run_child(const ChildProcess& child, const CancellationToken& cancel) {
    cancel.throw_if_requested();
    std::vector<std::string> arguments = child.arguments;
    std::vector<std::string> variables = environment_with(child.environment);
    const std::vector<char*> argument_pointers = pointers_to(arguments);
    const std::vector<char*> variable_pointers = pointers_to(variables);
    const OpenFile output(child.output, O_WRONLY | O_CREAT | O_APPEND);
    std::array<int, 2> failure{};
    if (::pipe2(failure.data(), O_CLOEXEC) != 0) throw_system_error(arguments.front(), "start", errno);
    const std::int64_t kills_before = out_of_memory_kills();

    const pid_t parent = ::getpid();
    const pid_t pid = ::fork();
    if (pid == 0)
        become(arguments.front().c_str(), const_cast<char**>(argument_pointers.data()), const_cast<char**>(variable_pointers.data()),
               child.folder.c_str(), output.number(), failure[1], parent);
    const int fork_error = errno;
    ::close(failure[1]);
    if (pid > 0) ::setpgid(pid, pid);   // both sides do it: whoever comes first
    int error_number = pid < 0 ? fork_error : 0;
    if (pid > 0 && ::read(failure[0], &error_number, sizeof error_number) != sizeof error_number) error_number = 0;
    ::close(failure[0]);
    if (error_number != 0) {
        if (pid > 0) ::waitpid(pid, nullptr, 0);
        throw_system_error(arguments.front(), "start", error_number);
    }

    const int status = wait_for(pid, arguments.front(), cancel, child.grace);
    cancel.throw_if_requested();
    if (WIFEXITED(status)) return WEXITSTATUS(status);
    const int signal = WTERMSIG(status);
    if (signal == SIGKILL && out_of_memory_kills() > kills_before)
        throw ProcessOutOfMemory{
            {arguments.front(), "was killed by the kernel, which had no memory left for it", "see `memory` and `retry`"}, signal};
    throw ProcessKilled{{arguments.front(), fmt::format("was ended by signal {} ({})", signal, ::strsignal(signal)),
                         signal == SIGKILL ? "out of memory? see `memory` and `retry`" : ""}, signal};
}

std::string signal_text(int signal) {
    const char* const name = ::sigabbrev_np(signal);
    return name == nullptr ? fmt::format("signal {}", signal) : fmt::format("signal {} (SIG{})", signal, name);
}

std::vector<std::string> tail_of(const std::string& path, std::size_t most_lines) {
    constexpr std::streamoff most_bytes = 16'384;
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    if (!file) return {};
    const std::streamoff size = file.tellg();
    file.seekg(std::max<std::streamoff>(0, size - most_bytes));
    std::vector<std::string> lines;
    for (std::string line; std::getline(file, line);) lines.push_back(line);
    if (size > most_bytes && lines.size() > 1) lines.erase(lines.begin());   // cut in the middle
    if (lines.size() > most_lines) lines.erase(lines.begin(), lines.end() - static_cast<std::ptrdiff_t>(most_lines));
    return lines;
}

std::string shell_quoted(std::string_view word) {
    constexpr std::string_view harmless = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:=,+@%";
    if (!word.empty() && word.find_first_not_of(harmless) == std::string_view::npos) return std::string(word);
    std::string quoted = "'";
    for (const char letter : word) {
        if (letter == '\'') quoted += "'\\''";
        else quoted += letter;
    }
    return quoted + "'";
}

}  // namespace weft
