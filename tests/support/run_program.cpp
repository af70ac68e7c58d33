#include "support/run_program.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <stdexcept>

namespace weft::test {
namespace {

std::string content_of(std::FILE* file) {
    std::string text;
    char block[65536];
    ::off_t at = 0;
    for (::ssize_t read = 1; read > 0; at += read) {
        read = ::pread(::fileno(file), block, sizeof block, at);
        if (read > 0) text.append(block, static_cast<std::size_t>(read));
    }
    return text;
}

/// A file without a name that holds `text`, to be read from its start.
int file_of(const std::string& text) {
    std::FILE* file = std::tmpfile();
    if (file == nullptr || std::fwrite(text.data(), 1, text.size(), file) != text.size()) throw std::runtime_error("no temporary file");
    std::rewind(file);
    const int descriptor = ::dup(::fileno(file));
    std::fclose(file);
    return descriptor;
}

/// The child's part between fork and exec. Returns only when something is wrong.
void become(const Invocation& invocation, int input, int output, int messages) {
    if (!invocation.output_path.empty()) output = ::open(invocation.output_path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0666);
    if (output < 0 || ::dup2(input, 0) < 0 || ::dup2(output, 1) < 0 || ::dup2(messages, 2) < 0) return;
    if (::chdir(invocation.folder.c_str()) != 0) return;
    for (const auto& [name, value] : invocation.environment) ::setenv(name.c_str(), value.c_str(), 1);
    if (invocation.file_size_limit) {
        const rlimit limit{*invocation.file_size_limit, *invocation.file_size_limit};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    for (const int signal : {SIGINT, SIGTERM, SIGPIPE, SIGHUP}) std::signal(signal, SIG_DFL);
    std::vector<char*> words;
    for (const std::string& word : invocation.words) words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    ::execvp(words.front(), words.data());
}

}  // namespace

RunningProgram::RunningProgram(const Invocation& invocation) : output_(std::tmpfile()), messages_(std::tmpfile()) {
    int ends[2] = {-1, -1};
    if (invocation.keep_input_open && ::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    const int input = invocation.keep_input_open ? ends[0] : file_of(invocation.input);
    input_pipe_ = ends[1];
    process_ = ::fork();
    if (process_ < 0) throw std::runtime_error("no process");
    if (process_ == 0) {
        become(invocation, input, ::fileno(output_.get()), ::fileno(messages_.get()));
        ::_exit(127);
    }
    ::close(input);
}

RunningProgram::~RunningProgram() {
    if (!outcome_) {
        ::kill(process_, SIGKILL);
        ::waitpid(process_, nullptr, 0);
    }
    if (input_pipe_ >= 0) ::close(input_pipe_);
}

void RunningProgram::send(int signal) const { ::kill(process_, signal); }

std::string RunningProgram::messages() const { return content_of(messages_.get()); }

bool RunningProgram::ended() {
    int status = 0;
    if (!outcome_ && ::waitpid(process_, &status, WNOHANG) == process_) collect(status);
    return outcome_.has_value();
}

Outcome RunningProgram::wait() {
    int status = 0;
    if (!outcome_ && ::waitpid(process_, &status, 0) == process_) collect(status);
    return outcome_.value();
}

void RunningProgram::collect(int status) {
    Outcome outcome;
    if (WIFEXITED(status)) outcome.exit_code = WEXITSTATUS(status);
    if (WIFSIGNALED(status)) outcome.signal = WTERMSIG(status);
    outcome.output = content_of(output_.get());
    outcome.messages = content_of(messages_.get());
    outcome_ = std::move(outcome);
}

Invocation weft_in(const std::string& folder, std::vector<std::string> arguments) {
    const char* program = std::getenv("WEFT");
    if (program == nullptr) throw std::runtime_error("WEFT does not name the program to test");
    arguments.insert(arguments.begin(), program);
    return {.words = std::move(arguments), .folder = folder};
}

}  // namespace weft::test
