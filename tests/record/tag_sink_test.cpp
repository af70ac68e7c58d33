#include "weft/record/tag_sink.hpp"

#include <catch2/catch.hpp>

#include "weft/record/optional_fields.hpp"

using namespace weft;

namespace {

std::string as_text(const std::string& encoded) {
    std::string text;
    for (const OptionalField& field : optional_fields(encoded, "test")) {
        text += '\t';
        append_as_text(field, text);
    }
    return text;
}

}  // namespace

TEST_CASE("both forms of a tag say the same", "[record]") {
    std::string text, binary;
    for (const TagForm form : {TagForm::text, TagForm::binary}) {
        TagSink sink(form == TagForm::text ? text : binary, form);
        sink.character("tp", 'P');
        sink.integer("NM", 0);
        sink.integer("AS", -70'000);
        sink.string("RG", "a b");
        sink.begin_string("MD") += "10A";
        sink.end_string();
        sink.share("de", 0.01);
        sink.string("zz", "");
    }
    CHECK(text == "\ttp:A:P\tNM:i:0\tAS:i:-70000\tRG:Z:a b\tMD:Z:10A\tde:f:0.01\tzz:Z:");
    CHECK(as_text(binary) == text);
}

TEST_CASE("integers take the smallest type that holds them", "[record]") {
    struct Row {
        std::int64_t value;
        char type;
    };
    const Row rows[] = {{0, 'C'},      {255, 'C'},   {256, 'S'},     {65'535, 'S'},         {65'536, 'I'},     {2'147'483'647, 'I'},
                        {2'147'483'648, 'I'}, {4'294'967'295, 'I'}, {-1, 'c'}, {-128, 'c'}, {-129, 's'}, {-32'768, 's'}, {-32'769, 'i'}};
    for (const Row& row : rows) {
        std::string bytes;
        append_binary_integer(bytes, "xx", row.value);
        CHECK(bytes[2] == row.type);
        CHECK(as_text(bytes) == "\txx:i:" + std::to_string(row.value));
    }
}

TEST_CASE("shares are rounded to four decimals and printed as HTSlib prints them", "[record]") {
    struct Row {
        double value;
        const char* text;
    };
    const Row rows[] = {{0, "0"},         {1, "1"},          {0.5, "0.5"},      {0.1234, "0.1234"}, {0.12346, "0.1235"},
                        {0.0001, "0.0001"}, {0.00004, "0"}, {0.99996, "1"}, {0.0103, "0.0103"}, {0.9009, "0.9009"}};
    for (const Row& row : rows) {
        std::string text, binary;
        TagSink(text, TagForm::text).share("de", row.value);
        TagSink(binary, TagForm::binary).share("de", row.value);
        CHECK(text == std::string("\tde:f:") + row.text);
        CHECK(as_text(binary) == text);
    }
}
