#include "weft/executor/json_text.hpp"

#include <catch2/catch.hpp>

using namespace weft;

TEST_CASE("a text becomes a JSON string, and what is not UTF-8 is replaced", "[executor]") {
    struct Row {
        std::string text, expected;
    };
    using namespace std::string_literals;
    const Row rows[] = {
        {"", R"("")"},
        {"align/chunk 3", R"("align/chunk 3")"},
        {"say \"x\\y\"", R"("say \"x\\y\"")"},
        {"a\tb\nc\rd", R"("a\tb\nc\rd")"},
        {"\x01\x1f\x7f"s + '\0', R"("\u0001\u001f\u007f\u0000")"},
        {"</script>", R"("</script>")"},
        {"Bäcker-Hefe 酵母 🧬", R"("Bäcker-Hefe 酵母 🧬")"},
        {"a\xff"s + "b", "\"a\xEF\xBF\xBD" "b\""},
        {"\xc3", "\"\xEF\xBF\xBD\""},                             // cut off
        {"\xe4\xbd", "\"\xEF\xBF\xBD\xEF\xBF\xBD\""},
        {"\xc0\xaf", "\"\xEF\xBF\xBD\xEF\xBF\xBD\""},             // overlong
        {"\xed\xa0\x80", "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""},   // a surrogate
        {"\xf4\x90\x80\x80", "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""},
    };
    for (const Row& row : rows) {
        CHECK(json_string(row.text) == row.expected);
        CHECK(json_string(row.text).size() <= json_string_room(row.text));
    }
}
