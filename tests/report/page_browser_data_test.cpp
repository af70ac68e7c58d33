#include "weft/report/page_browser_data.hpp"

#include <catch2/catch.hpp>

#include "support/temporary_folder.hpp"
#include "weft/bytes/byte_reader.hpp"

using namespace weft;

namespace {

// What base64 stands for, decoded letter by letter.
std::string decoded(std::string_view text) {
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string bytes;
    unsigned bits = 0;
    int held = 0;
    for (const char letter : text) {
        if (letter == '=') break;
        bits = bits << 6 | static_cast<unsigned>(letters.find(letter));
        held += 6;
        if (held >= 8) {
            held -= 8;
            bytes += static_cast<char>(bits >> held & 0xff);
        }
    }
    return bytes;
}

}  // namespace

TEST_CASE("digests change from hexadecimal digits to base64", "[report]") {
    CHECK(base64_of_hex("") == "");
    CHECK(base64_of_hex("66") == "Zg==");
    CHECK(base64_of_hex("666f") == "Zm8=");
    CHECK(base64_of_hex("666f6f") == "Zm9v");
    CHECK(base64_of_hex("666f6f62") == "Zm9vYg==");
    CHECK(base64_of_hex("ff00fe") == "/wD+");
}

TEST_CASE("what is packed is gzip that names no time and no system", "[report]") {
    const std::string packed = decoded(gzip_base64("{\"a\": 1}"));
    CHECK(packed.substr(0, 10) == std::string("\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff", 10));
    CHECK(gzip_base64("same") == gzip_base64("same"));
}

TEST_CASE("gunzip gives back what was packed, however long", "[report]") {
    const std::size_t length = GENERATE(0, 1, 100'000);
    std::string text;
    for (std::size_t i = 0; i < length; ++i) text += static_cast<char>('a' + i * i % 23);
    const test::TemporaryFolder folder;
    const std::string path = folder.file("packed.gz", decoded(gzip_base64(text)));
    ByteReader reader(open_input(path));
    std::string read(length + 1, '\0');
    read.resize(reader.read(read));
    CHECK(read == text);
}

TEST_CASE("what lasts has no times, and rows of tables are left out", "[report]") {
    const std::string data = lasting_browser_json(
        R"({"weft_analysis": 1, "mapq": [1], "lost_features": {"rows": [{"name": "secret"}]}})",
        R"({"weft_run": 1, "wall_ms": 12, "stages": [{"name": "a", "status": "reused", "needs": [], "begin_ms": 3, "critical": true}]})");
    CHECK(data == R"({"analysis":{"mapq":[1]},"run":{"stages":[{"name":"a","needs":[],"status":"done"}]}})");
    CHECK(lasting_browser_json("", "") == "{}");
}

TEST_CASE("times are what the charts of time show", "[report]") {
    const std::string data = times_browser_json(
        R"({"weft_run": 1, "wall_ms": 12, "config": [1], "running": [[0, 1]],
            "stages": [{"name": "a", "kind": "k", "status": "reused", "begin_ms": 3}]})");
    CHECK(data == R"({"running":[[0,1]],"stages":[{"begin_ms":3,"name":"a","status":"reused"}],"wall_ms":12})");
}
