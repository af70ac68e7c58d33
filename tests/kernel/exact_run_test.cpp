#include "weft/kernel/exact_run.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <vector>

using namespace weft;

namespace {

std::vector<std::uint64_t> packed(const std::vector<Code>& codes) {
    std::vector<std::uint64_t> words(static_cast<std::size_t>(packed_words(static_cast<std::int64_t>(codes.size()))));
    pack(codes, words);
    return words;
}

}  // namespace

TEST_CASE("codes are packed with the first base in the lowest bits", "[kernel]") {
    CHECK(packed(encode("")).empty());
    CHECK(packed(encode("ACGT")) == std::vector<std::uint64_t>{0b11'10'01'00});
    CHECK(packed(encode("CNT")) == std::vector<std::uint64_t>{0b11'00'01});
    const std::vector<std::uint64_t> two = packed(encode(std::string(32, 'T') + "G"));
    CHECK(two == std::vector<std::uint64_t>{~std::uint64_t{0}, 2});

    std::vector<std::uint64_t> roomy{7, 7, 7};
    pack(encode("T"), roomy);
    CHECK(roomy == std::vector<std::uint64_t>{3, 0, 0});
}

TEST_CASE("common prefix and suffix equal a base-by-base comparison at every offset", "[kernel]") {
    std::mt19937 random(7);
    const auto below = [&](std::int64_t n) { return std::uniform_int_distribution<std::int64_t>(0, n - 1)(random); };
    for (int round = 0; round < 4000; ++round) {
        const std::int64_t shared = below(150), a_begin = below(70), b_begin = below(70), a_tail = below(40), b_tail = below(40);
        std::vector<Code> a(static_cast<std::size_t>(a_begin + shared + a_tail)), b(static_cast<std::size_t>(b_begin + shared + b_tail));
        for (Code& code : a) code = static_cast<Code>(below(4));
        for (Code& code : b) code = static_cast<Code>(below(4));
        std::copy_n(a.begin() + a_begin, shared, b.begin() + b_begin);
        if (shared > 0 && below(2)) b[static_cast<std::size_t>(b_begin + below(shared))] ^= 1;

        const std::int64_t prefix_limit = below(shared + std::min(a_tail, b_tail) + 1);
        const auto a_first = a.begin() + a_begin;
        CHECK(common_prefix(packed(a), a_begin, packed(b), b_begin, prefix_limit) ==
              std::mismatch(a_first, a_first + prefix_limit, b.begin() + b_begin).first - a_first);

        const std::int64_t suffix_limit = below(shared + std::min(a_begin, b_begin) + 1);
        const auto a_last = std::make_reverse_iterator(a_first + shared);
        CHECK(common_suffix(packed(a), a_begin + shared, packed(b), b_begin + shared, suffix_limit) ==
              std::mismatch(a_last, a_last + suffix_limit, std::make_reverse_iterator(b.begin() + b_begin + shared)).first - a_last);
    }
}
