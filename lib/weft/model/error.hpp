// Errors are for people: where it happened, what was found, what was expected and what to do about it.
//
// The library throws these and never prints or exits; only apps/ turns them into one line on standard error and an exit code.
#pragma once

#include <stdexcept>
#include <string>

namespace weft {

/// The parts of a message. Only `problem` is required; empty parts are left out of the text.
struct Complaint {
    std::string where{};     // file, file:line, option or section
    std::string problem{};   // what was found and, beside it, what was expected: "quality has 99 characters, sequence has 100"
    std::string advice{};    // what to do: "build it again with `weft index genome.fa`"
};

/// Base of everything weft throws. `what()` is "where: problem; advice".
class Error : public std::runtime_error {
public:
    explicit Error(Complaint complaint);

    const std::string& where() const noexcept { return complaint_.where; }
    const std::string& problem() const noexcept { return complaint_.problem; }
    const std::string& advice() const noexcept { return complaint_.advice; }

private:
    Complaint complaint_;
};

/// The caller asked for something impossible: an option out of range, an unknown extension. Exit code 2.
class UsageError : public Error {
public:
    using Error::Error;
};

/// A file's content is not what its format demands: truncated, malformed, of another version. Exit code 1.
class FormatError : public Error {
public:
    using Error::Error;
};

/// The operating system refused: missing file, no permission, full disk. Exit code 1.
class SystemError : public Error {
public:
    using Error::Error;
};

/// The reader of a pipe that we write to has gone (`weft align ... | head`). Nobody is left to be told: apps/ ends quietly.
class ClosedPipe : public SystemError {
public:
    using SystemError::SystemError;
};

/// The run was stopped on request (Ctrl-C); no output was left behind.
class Cancelled : public Error {
public:
    using Error::Error;
};

}  // namespace weft
