// The digest that names content: XXH3, 128 bit. A checksum of 64 bits tells a damaged file from a good one; to take one
// result for another because their names are equal must be out of the question even among billions, and that takes 128.
// No protection against somebody who wants two contents to look alike.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

struct XXH3_state_s;

namespace weft {

struct Digest {
    std::uint64_t high = 0;
    std::uint64_t low = 0;

    /// 32 lower-case hex digits, as `xxhsum -H2` prints them.
    std::string hex() const;
    /// Reads what `hex` writes and nothing else.
    static std::optional<Digest> from_hex(std::string_view text);

    friend auto operator<=>(const Digest&, const Digest&) = default;
};

/// XXH3 (128 bit, seed 0) of bytes. Yann Collet, xxHash specification.
Digest digest_of(std::span<const std::byte> bytes);
inline Digest digest_of(std::string_view text) { return digest_of(std::as_bytes(std::span(text))); }

/// The same over bytes that arrive in pieces; the cut between pieces does not matter.
class DigestStream {
public:
    DigestStream();

    void update(std::span<const std::byte> bytes);
    void update(std::string_view text) { update(std::as_bytes(std::span(text))); }

    /// Of everything so far; more may follow.
    Digest value() const;

private:
    struct Free {
        void operator()(XXH3_state_s* state) const noexcept;
    };
    std::unique_ptr<XXH3_state_s, Free> state_;
};

/// Digest of what is left to read from an open file. `path` is for messages: throws SystemError when reading fails.
Digest digest_of_descriptor(int descriptor, const std::string& path);

}  // namespace weft
