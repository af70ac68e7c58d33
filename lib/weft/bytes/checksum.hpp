// The checksum that ties files together: XXH3, 64 bit. Fast enough to hash whatever is read anyway; no protection against
// somebody who wants two files to look alike.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

struct XXH3_state_s;

namespace weft {

/// XXH3 (64 bit, seed 0) of bytes. Yann Collet, xxHash specification.
std::uint64_t checksum(std::span<const std::byte> bytes);
inline std::uint64_t checksum(std::string_view text) { return checksum(std::as_bytes(std::span(text))); }

/// The same over bytes that arrive in pieces; the cut between pieces does not matter.
class Checksum {
public:
    Checksum();

    void update(std::span<const std::byte> bytes);
    void update(std::string_view text) { update(std::as_bytes(std::span(text))); }

    /// Of everything so far; more may follow.
    std::uint64_t value() const;

private:
    struct Free {
        void operator()(XXH3_state_s* state) const noexcept;
    };
    std::unique_ptr<XXH3_state_s, Free> state_;
};

}  // namespace weft
