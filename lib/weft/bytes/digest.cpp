#include "weft/bytes/digest.hpp"

#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <new>
#include <span>

#include "weft/bytes/system_call.hpp"

namespace weft {
namespace {

constexpr std::size_t piece_size = std::size_t{1} << 20;   // bytes per read call; more gains nothing

Digest from_xxh(const XXH128_hash_t& hash) { return {hash.high64, hash.low64}; }

}  // namespace

std::string Digest::hex() const {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text(32, '0');
    for (std::size_t i = 0; i < 16; ++i) {
        text[i] = digits[(high >> (60 - 4 * i)) & 15];
        text[16 + i] = digits[(low >> (60 - 4 * i)) & 15];
    }
    return text;
}

std::optional<Digest> Digest::from_hex(std::string_view text) {
    if (text.size() != 32) return std::nullopt;
    Digest digest;
    for (std::size_t i = 0; i < 32; ++i) {
        const char letter = text[i];
        const bool decimal = letter >= '0' && letter <= '9';
        if (!decimal && !(letter >= 'a' && letter <= 'f')) return std::nullopt;
        std::uint64_t& half = i < 16 ? digest.high : digest.low;
        half = half << 4 | static_cast<std::uint64_t>(decimal ? letter - '0' : letter - 'a' + 10);
    }
    return digest;
}

Digest digest_of(std::span<const std::byte> bytes) { return from_xxh(XXH3_128bits(bytes.data(), bytes.size())); }

void DigestStream::Free::operator()(XXH3_state_s* state) const noexcept { XXH3_freeState(state); }

DigestStream::DigestStream() : state_(XXH3_createState()) {
    if (!state_) throw std::bad_alloc();
    XXH3_128bits_reset(state_.get());
}

void DigestStream::update(std::span<const std::byte> bytes) { XXH3_128bits_update(state_.get(), bytes.data(), bytes.size()); }

Digest DigestStream::value() const { return from_xxh(XXH3_128bits_digest(state_.get())); }

Digest digest_of_descriptor(int descriptor, const std::string& path) {
    DigestStream stream;
    struct stat status {};
    if (::fstat(descriptor, &status) != 0) throw_system_error(path, "read", errno);
    // One byte more than there should be: a small file takes a small buffer, and its end is seen by the same rule as that of a large one.
    const std::size_t size = std::clamp<std::size_t>(static_cast<std::size_t>(status.st_size) + 1, 4'096, piece_size);
    const auto buffer = std::make_unique_for_overwrite<std::byte[]>(size);
    for (;;) {
        const ssize_t count = ::read(descriptor, buffer.get(), size);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) throw_system_error(path, "read", errno);
        if (count == 0) return stream.value();
        stream.update(std::span(buffer.get(), static_cast<std::size_t>(count)));
    }
}

}  // namespace weft
