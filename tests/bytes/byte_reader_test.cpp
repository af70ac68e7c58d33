#include "weft/bytes/byte_reader.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "support/compressed.hpp"
#include "support/read_features.hpp"
#include "support/temporary_folder.hpp"
#include "weft/model/error.hpp"

using namespace weft;
using weft::test::TemporaryFolder;
using Catch::Matchers::Contains;

namespace {

std::string all_bytes(ByteReader reader, std::size_t piece) {
    std::string all;
    std::vector<char> buffer(piece);
    for (;;) {
        const std::size_t count = reader.read(buffer);
        all.append(buffer.data(), count);
        if (count < buffer.size()) return all;
    }
}

std::string all_bytes(const std::string& path, std::size_t piece = 10'000) { return all_bytes(ByteReader(open_input(path)), piece); }

std::string some_text() {
    std::string text;
    for (int i = 0; i < 60; ++i) text += ">read" + std::to_string(i) + "\n" + std::string(static_cast<std::size_t>(i * 37 % 200), "ACGT"[i % 4]) + "\n";
    return text;
}

struct Compressed {
    const char* what;
    std::string bytes;
    std::size_t whole = 0;   // cut to this length, it is a whole file by itself
};

std::vector<Compressed> compressed_in_every_way(const std::string& text) {
    const std::string half = text.substr(0, text.size() / 2);
    const std::string rest = text.substr(half.size());
    return {{"gzip", test::gzip(text)},
            {"gzip of two members", test::gzip(half) + test::gzip(rest), test::gzip(half).size()},
            {"BGZF", test::bgzf(text)},
            {"BGZF of two blocks", test::bgzf_block(half) + test::bgzf(rest)},
            {"BGZF with an empty block inside", test::bgzf_block(half) + test::bgzf_block("") + test::bgzf(rest), test::bgzf(half).size()}};
}

}  // namespace

TEST_CASE("bytes come out as they went in, whatever the compression and the pieces", "[bytes]") {
    const TemporaryFolder folder;
    const std::string text = some_text();
    for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, text.size(), text.size() + 1, std::size_t{100'000}}) {
        CHECK(all_bytes(folder.file("plain", text), piece) == text);
        for (const Compressed& compressed : compressed_in_every_way(text)) {
            INFO(compressed.what << " in pieces of " << piece);
            CHECK(all_bytes(folder.file("compressed", compressed.bytes), piece) == text);
        }
    }
    CHECK(all_bytes(folder.file("empty", "")).empty());
    CHECK(all_bytes(folder.file("empty.gz", test::gzip(""))).empty());
    CHECK(all_bytes(folder.file("empty.bgz", test::bgzf(""))).empty());
}

TEST_CASE("text cut off inside its compression is an error wherever it is cut", "[bytes]") {
    const TemporaryFolder folder;
    for (const Compressed& compressed : compressed_in_every_way(some_text())) {
        for (std::size_t length = 2; length < compressed.bytes.size(); ++length) {
            if (length == compressed.whole) continue;
            INFO(compressed.what << " of " << compressed.bytes.size() << " bytes cut to " << length);
            CHECK_THROWS_AS(all_bytes(folder.file("cut", compressed.bytes.substr(0, length))), FormatError);
            CHECK_THROWS_WITH(all_bytes(folder / "cut", 100), Contains("truncated"));
        }
    }
}

TEST_CASE("a pipe that ends before the end marker is an error too", "[bytes]") {
    const TemporaryFolder folder;
    const std::string bytes = test::bgzf_block("first") + test::bgzf("second");
    {
        const test::FilledPipe whole(folder / "whole", bytes);
        CHECK(all_bytes(folder / "whole") == "firstsecond");
    }
    const test::FilledPipe cut(folder / "cut", bytes.substr(0, bytes.size() - test::bgzf("").size()));
    CHECK_THROWS_WITH(all_bytes(folder / "cut"), Contains("cut: is truncated: the end marker of its BGZF compression is missing"));
}

TEST_CASE("flipped bits are noticed or change nothing", "[bytes]") {
    const TemporaryFolder folder;
    const std::string text = some_text();
    for (const Compressed& compressed : compressed_in_every_way(text)) {
        std::size_t refused = 0;
        for (std::size_t flipped = 2; flipped < compressed.bytes.size(); ++flipped) {
            std::string damaged = compressed.bytes;
            damaged[flipped] = static_cast<char>(damaged[flipped] ^ 0x10);
            INFO(compressed.what << " with byte " << flipped << " of " << damaged.size() << " flipped");
            try {   // names, times and padding carry nothing
                const std::string bytes = all_bytes(folder.file("damaged", damaged));
                CHECK(bytes == text);
            } catch (const FormatError&) {
                ++refused;
            }
        }
        CHECK(refused > compressed.bytes.size() / 2);
    }
}

TEST_CASE("garbage behind compressed data is an error", "[bytes]") {
    const TemporaryFolder folder;
    for (const std::string& garbage : {std::string(1, '\0'), std::string("garbage"), std::string(100, '\0')}) {
        CHECK_THROWS_AS(all_bytes(folder.file("gz", test::gzip("text") + garbage)), FormatError);
        CHECK_THROWS_AS(all_bytes(folder.file("bgz", test::bgzf("text") + garbage)), FormatError);
    }
}

TEST_CASE("the bytes of an uncompressed file can be summed on their way", "[bytes]") {
    const TemporaryFolder folder;
    const std::string text = some_text();
    Checksum sum;
    CHECK(all_bytes(ByteReader(open_input(folder.file("plain", text)), &sum), 1000) == text);
    CHECK(sum.value() == checksum(text));
}
