// What every fuzz target shares: bytes given as a file, and the rule that a parser may refuse its input only by a weft::Error.
//
// A target defines LLVMFuzzerTestOneInput, so that it runs under libFuzzer as well as under replay_main.cpp. Whatever else it throws,
// or what the sanitizers see, is a fault.
#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "weft/model/error.hpp"

namespace weft::fuzz {

/// A file that lives in memory, with a path for readers that want one.
class MemoryFile {
public:
    explicit MemoryFile(std::string_view content) : descriptor_(::memfd_create("fuzz", MFD_CLOEXEC)) {
        if (descriptor_ < 0) std::abort();
        while (!content.empty()) {
            const ssize_t written = ::write(descriptor_, content.data(), content.size());
            if (written <= 0) std::abort();
            content.remove_prefix(static_cast<std::size_t>(written));
        }
    }
    ~MemoryFile() { ::close(descriptor_); }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;

    std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

private:
    int descriptor_;
};

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) { return {reinterpret_cast<const char*>(data), size}; }

/// Runs a parser on one input.
template <class Parser>
int run(Parser parser) {
    try {
        parser();
    } catch (const Error& error) {
        if (error.problem().empty()) std::abort();   // a complaint says what was found
    }
    return 0;
}

/// Names a condition that no input may break.
inline void must(bool holds) {
    if (!holds) std::abort();
}

}  // namespace weft::fuzz
