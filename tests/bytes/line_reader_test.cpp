#include "weft/bytes/line_reader.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "support/temporary_folder.hpp"

using namespace weft;
using weft::test::TemporaryFolder;

namespace {

struct LineCase {
    const char* text;
    std::vector<std::string> lines;
};

const std::vector<LineCase> cases = {
    {"", {}},
    {"a", {"a"}},
    {"a\n", {"a"}},
    {"a\r\n", {"a"}},
    {"a\r", {"a"}},
    {"\n", {""}},
    {"\r\n\r\n", {"", ""}},
    {"one\ntwo\r\n\nfour", {"one", "two", "", "four"}},
    {"in\rside\r\r\n", {"in\rside\r"}},
    {"0123456789abcdef\r\nx\r\n", {"0123456789abcdef", "x"}},
};

LineReader reader_of(const std::string& path, std::size_t buffer) { return LineReader(ByteReader(open_input(path)), buffer); }

}  // namespace

TEST_CASE("lines come without their ends and with their numbers, whatever the size of the buffer", "[bytes]") {
    const TemporaryFolder folder;
    for (const LineCase& test : cases) {
        const std::string path = folder.file("text", test.text);
        for (const std::size_t buffer : {2, 3, 4, 5, 7, 16, 1000}) {
            INFO(test.text << " with a buffer of " << buffer);
            std::vector<std::string> lines;
            LineReader whole = reader_of(path, buffer);
            while (const auto line = whole.line()) {
                lines.emplace_back(*line);
                CHECK(whole.line_number() == lines.size());
            }
            CHECK(lines == test.lines);

            lines.clear();
            LineReader parts = reader_of(path, buffer);
            bool begins = true;
            while (const auto part = parts.part()) {
                if (begins) lines.emplace_back();
                lines.back() += part->text;
                begins = part->ends_line;
                CHECK(parts.line_number() == lines.size());
            }
            CHECK(begins);
            CHECK(lines == test.lines);

            LineReader peeked = reader_of(path, buffer);
            for (const std::string& line : test.lines) {
                CHECK(peeked.peek() == (line.empty() ? '\n' : line.front()));
                CHECK(peeked.line() == line);
            }
            CHECK_FALSE(peeked.peek());
        }
    }
}
