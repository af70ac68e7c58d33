#include "weft/bytes/digest.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <string>

#include "support/temporary_folder.hpp"
#include "weft/model/error.hpp"

using namespace weft;
using weft::test::TemporaryFolder;

TEST_CASE("digests are those of the XXH3 specification, written as xxhsum writes them", "[bytes]") {
    CHECK(digest_of("").hex() == "99aa06d3014798d86001c324468d497f");
    CHECK(digest_of("abc").hex() == "06b05ab6733a618578af5f94892f3950");
}

TEST_CASE("a digest reads back from its hex digits, and from nothing else", "[bytes]") {
    const Digest digest{0x0123456789abcdefU, 0xfedcba9876543210U};
    CHECK(digest.hex() == "0123456789abcdeffedcba9876543210");
    CHECK(Digest::from_hex(digest.hex()) == digest);
    for (const char* text : {"", "0123456789abcdeffedcba987654321", "0123456789abcdeffedcba98765432100", "0123456789ABCDEFfedcba9876543210",
                             "0123456789abcdef fedcba987654321", "-123456789abcdeffedcba9876543210"}) {
        CHECK_FALSE(Digest::from_hex(text));
    }
}

TEST_CASE("a digest does not depend on how the bytes arrive", "[bytes]") {
    const TemporaryFolder folder;
    std::string text;
    for (int i = 0; i < 2'500'000; ++i) text += static_cast<char>((i % 40'000) * (i % 40'000) / 7);
    const Digest whole = digest_of(text);
    for (const std::size_t piece : {std::size_t{1021}, std::size_t{65'536}, text.size()}) {
        DigestStream pieces;
        for (std::size_t at = 0; at < text.size(); at += piece) pieces.update(std::string_view(text).substr(at, piece));
        CHECK(pieces.value() == whole);
    }
    const std::string path = folder.file("content", text);
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    CHECK(digest_of_descriptor(descriptor, path) == whole);
    ::close(descriptor);
    const int unreadable = ::open(folder.path().c_str(), O_RDONLY | O_CLOEXEC);   // a folder has no bytes to read
    CHECK_THROWS_AS(digest_of_descriptor(unreadable, path), SystemError);
    ::close(unreadable);
}
