// A program run by a task: in a process group of its own, so that what it has started ends with it, and with its output in a file.
#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "weft/executor/cancellation.hpp"
#include "weft/model/error.hpp"

namespace weft {

/// A child that a signal ended: it crashed, or somebody (the kernel, out of memory) killed it. Worth another attempt under
/// Failure::signal.
class ProcessKilled : public Error {
public:
    ProcessKilled(Complaint complaint, int signal) : Error(std::move(complaint)), signal_(signal) {}
    int signal() const noexcept { return signal_; }

private:
    int signal_;
};

/// One that the kernel killed for want of memory, or that said so itself. Worth another attempt with more of it, under Failure::memory.
class ProcessOutOfMemory : public ProcessKilled {
public:
    using ProcessKilled::ProcessKilled;
};

struct ChildProcess {
    std::vector<std::string> arguments{};                                // the program first; found by PATH
    std::string folder{};                                                // to run in
    std::vector<std::pair<std::string, std::string>> environment{};      // added to that of this process
    std::string output{};                                                // file that standard output and error are appended to
    std::chrono::milliseconds grace{5'000};                              // between SIGTERM and SIGKILL, when it is to stop
};

/// Runs a program to its end and returns its exit code. Standard input is empty. What it has left in the background is killed then.
/// Once cancellation is requested the whole group gets SIGTERM, after the grace SIGKILL, and Cancelled is thrown. If this process is
/// killed the child is killed too. Throws SystemError when the program cannot be started, ProcessKilled when a signal ended it, and
/// ProcessOutOfMemory when that was SIGKILL and the kernel has killed for want of memory meanwhile.
int run_child(const ChildProcess& child, const CancellationToken& cancel);

/// "signal 11 (SIGSEGV)"
std::string signal_text(int signal);

/// Last lines of a file, for a message; no more than `most_lines`. Empty when there is none.
std::vector<std::string> tail_of(const std::string& path, std::size_t most_lines);

/// A word as a shell reads it back: 'it'\''s'. Words of harmless letters stay as they are.
std::string shell_quoted(std::string_view word);

}  // namespace weft
