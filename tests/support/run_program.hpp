// Runs a program as a user would: in a folder of its own, with its input, output, messages and exit code in the test's hands.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <cstdio>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace weft::test {

struct Invocation {
    std::vector<std::string> words{};            // the program, found by PATH when it has no slash, and its arguments
    std::string folder = ".";                    // where it runs
    std::string input{};                         // what it reads from standard input
    std::string output_path{};                   // a file or device as standard output instead of the test's
    std::map<std::string, std::string> environment{};   // beside the test's own
    std::optional<std::uint64_t> file_size_limit{};     // bytes that a file may grow to (RLIMIT_FSIZE)
    bool keep_input_open = false;                // standard input is a pipe that never ends
};

struct Outcome {
    int exit_code = -1;   // -1: ended by a signal
    int signal = 0;       // that ended it, 0: none
    std::string output{};
    std::string messages{};   // standard error
};

/// A program that runs. The destructor kills it.
class RunningProgram {
public:
    explicit RunningProgram(const Invocation& invocation);
    ~RunningProgram();
    RunningProgram(const RunningProgram&) = delete;
    RunningProgram& operator=(const RunningProgram&) = delete;

    void send(int signal) const;
    /// Standard error so far.
    std::string messages() const;
    bool ended();
    Outcome wait();

private:
    struct CloseFile {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    using File = std::unique_ptr<std::FILE, CloseFile>;

    void collect(int status);

    File output_;
    File messages_;
    int input_pipe_ = -1;
    pid_t process_ = -1;
    std::optional<Outcome> outcome_{};
};

inline Outcome run(const Invocation& invocation) { return RunningProgram{invocation}.wait(); }

/// `weft` with these arguments in a folder.
Invocation weft_in(const std::string& folder, std::vector<std::string> arguments);

}  // namespace weft::test
