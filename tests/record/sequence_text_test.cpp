#include "weft/record/sequence_text.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "weft/model/error.hpp"

using namespace weft;

TEST_CASE("exactly the 16 IUPAC nucleotide letters are accepted, in both cases", "[record]") {
    const std::string_view letters = "ACGTURYKMSWBDHVNacgturykmswbdhvn";
    for (int code = 0; code < 256; ++code) {
        const char character = static_cast<char>(code);
        for (const std::size_t before : {0, 5, 40}) {
            const std::string text = std::string(before, 'A') + character + "C";
            std::string sequence = "T";
            INFO(code);
            if (letters.find(character) != std::string_view::npos) {
                append_letters(text, "x", 1, sequence);
                CHECK(sequence == "T" + text);
            } else {
                CHECK_THROWS_AS(append_letters(text, "x", 1, sequence), FormatError);
            }
        }
    }
}

TEST_CASE("headers are split at white space", "[record]") {
    struct Case {
        const char* header;
        const char* name;
        const char* comment;
    };
    for (const Case& test : {Case{"a", "a", ""}, Case{"a b", "a", "b"}, Case{"a\tb c", "a", "b c"}, Case{"a  \t ", "a", ""}, Case{"a,b|c b ", "a,b|c", "b "}}) {
        std::string name = "old";
        std::string comment = "old";
        split_header(test.header, "x", 1, name, comment);
        CHECK(name == test.name);
        CHECK(comment == test.comment);
    }
}

TEST_CASE("characters are shown so that they can be found", "[record]") {
    CHECK(shown('A') == "'A'");
    CHECK(shown(' ') == "character 0x20");
    CHECK(shown('\xff') == "character 0xff");
    CHECK(at_line("reads.fq", 1203) == "reads.fq:1203");
    CHECK(without_trailing_blanks("a b \t ") == "a b");
    CHECK(without_trailing_blanks(" \t").empty());
}
