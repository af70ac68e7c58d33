#include "weft/bytes/sha256.hpp"

#include <catch2/catch.hpp>

#include "support/temporary_folder.hpp"
#include "weft/model/error.hpp"

using namespace weft;
using weft::test::TemporaryFolder;

TEST_CASE("the digests of FIPS 180-4's examples come out", "[bytes]") {
    struct Row {
        std::string text;
        const char* digest;
    };
    const TemporaryFolder folder;
    for (const Row& row : {Row{"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
                           Row{"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
                           Row{"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
                           Row{"abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
                               "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"},
                           Row{std::string(1'000'000, 'a'), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
                           Row{std::string(64, '\0'), "f5a5fd42d16a20302798ef6ed309979b43003d2320d9f0e8ea9831a92759fb4b"}}) {
        CHECK(sha256_of_file(folder.file("x", row.text)) == row.digest);
    }
}

TEST_CASE("what cannot be read has no SHA-256", "[bytes]") {
    const TemporaryFolder folder;
    CHECK_THROWS_WITH(sha256_of_file(folder / "none"), Catch::Contains("none: cannot open"));
    CHECK_THROWS_AS(sha256_of_file(folder.path().string()), SystemError);
}
