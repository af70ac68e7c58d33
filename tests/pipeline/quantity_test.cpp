#include "weft/pipeline/quantity.hpp"

#include <catch2/catch.hpp>
#include <random>
#include <vector>

using namespace weft;
using std::chrono::milliseconds;

TEST_CASE("bytes have units of 1024", "[pipeline]") {
    const std::vector<std::pair<std::string, std::uint64_t>> right{{"0B", 0},
                                                                   {"4096B", 4096},
                                                                   {"1B", 1},
                                                                   {"500k", 512'000},
                                                                   {"500K", 512'000},
                                                                   {"600M", 629'145'600},
                                                                   {"8G", 8'589'934'592},
                                                                   {"8GB", 8'589'934'592},
                                                                   {"8GiB", 8'589'934'592},
                                                                   {"1.5G", 1'610'612'736},
                                                                   {"2T", 2'199'023'255'552},
                                                                   {"1048576T", std::uint64_t{1} << 60}};
    for (const auto& [text, bytes] : right) {
        INFO(text);
        REQUIRE(parse_byte_size(text));
        CHECK(parse_byte_size(text)->bytes == bytes);
    }
    for (const char* text : {"", "G", "600", "8X", "8 G", "-1G", "8Gx", "8GiBs", "0.3", "1e400", "2000000T", "nan", "infG", "8g", "50%"}) {
        INFO(text);
        CHECK_FALSE(parse_byte_size(text));
    }
}

TEST_CASE("durations are units from large to small", "[pipeline]") {
    const std::vector<std::pair<std::string, std::int64_t>> right{{"0s", 0}, {"500ms", 500}, {"5s", 5'000}, {"30m", 1'800'000},
                                                                 {"1h30m", 5'400'000}, {"2d", 172'800'000}, {"1m1ms", 60'001}};
    for (const auto& [text, length] : right) {
        INFO(text);
        REQUIRE(parse_duration(text));
        CHECK(parse_duration(text)->count() == length);
    }
    for (const char* text : {"", "30", "m", "30 m", "1m1h", "5s5s", "-5s", "1.5h", "5sec", "99999999999999999999s", "9999999d"}) {
        INFO(text);
        CHECK_FALSE(parse_duration(text));
    }
}

TEST_CASE("numbers are finite and whole ones whole", "[pipeline]") {
    CHECK(parse_decimal("0.95") == 0.95);
    CHECK(parse_decimal("95%") == 0.95);
    CHECK(parse_decimal("-1e-3") == -0.001);
    for (const char* text : {"", "%", "1,5", "0x10", "inf", "nan", "+1", "1 ", "1%%", "1e999"}) CHECK_FALSE(parse_decimal(text));
    CHECK(parse_whole("-12") == -12);
    for (const char* text : {"", "1.0", "1k", "+1", " 1", "9223372036854775808"}) CHECK_FALSE(parse_whole(text));
}

TEST_CASE("rates are a count and a time", "[pipeline]") {
    CHECK(parse_rate("5/s") == EventRate{5, milliseconds{1'000}});
    CHECK(parse_rate("0.5/min") == EventRate{0.5, milliseconds{60'000}});
    CHECK(parse_rate("20/h") == EventRate{20, milliseconds{3'600'000}});
    for (const char* text : {"", "5", "/s", "5/", "0/s", "-1/s", "5/second", "5/s/s"}) CHECK_FALSE(parse_rate(text));
}

TEST_CASE("what is written back reads as the same amount", "[pipeline]") {
    CHECK(text_of(ByteSize{8'589'934'592}) == "8G");
    CHECK(text_of(ByteSize{1'610'612'736}) == "1536M");
    CHECK(text_of(ByteSize{1'025}) == "1025B");
    CHECK(text_of(milliseconds{5'400'000}) == "1h30m");
    CHECK(text_of(milliseconds{0}) == "0s");
    CHECK(text_of(EventRate{0.5, milliseconds{60'000}}) == "0.5/min");
    std::mt19937_64 random(7);
    for (int round = 0; round < 2'000; ++round) {
        const ByteSize size{(random() >> 24) << (random() % 20)};
        CHECK(parse_byte_size(text_of(size)) == size);
        const milliseconds duration{static_cast<std::int64_t>(random() % 3'000'000'000)};
        CHECK(parse_duration(text_of(duration)) == duration);
    }
}
