#include "weft/stages/alignment_archive.hpp"

#include <catch2/catch.hpp>
#include <limits>
#include <random>

#include "weft/model/error.hpp"

using namespace weft;

namespace {

/// Numbers of every size, the outermost ones among them.
template <class Number>
Number any_number(std::mt19937_64& random) {
    constexpr std::int64_t least = std::numeric_limits<Number>::min();
    constexpr std::int64_t most = std::numeric_limits<Number>::max();
    switch (random() % 6) {
        case 0: return static_cast<Number>(least);
        case 1: return static_cast<Number>(most);
        case 2: return static_cast<Number>(-static_cast<std::int64_t>(random() % 130));
        case 3: return static_cast<Number>(random() % 130);
        default: return static_cast<Number>(static_cast<std::int64_t>(random()) >> random() % 64);
    }
}

Alignment any_alignment(std::mt19937_64& random) {
    Alignment alignment;
    alignment.contig = ContigId{any_number<std::int32_t>(random) < 0 ? std::numeric_limits<std::uint32_t>::max() : static_cast<std::uint32_t>(random() % 300)};
    alignment.strand = random() % 2 == 0 ? Strand::forward : Strand::reverse;
    alignment.role = std::array{Role::primary, Role::supplementary, Role::secondary}[random() % 3];
    alignment.mapq = static_cast<std::uint8_t>(random());
    alignment.moved = random() % 2 == 0;
    for (std::int64_t* number : {&alignment.reference.begin, &alignment.reference.end, &alignment.query.begin, &alignment.query.end, &alignment.matches,
                                 &alignment.mismatches, &alignment.ambiguous, &alignment.inserted, &alignment.deleted, &alignment.gap_opens})
        *number = any_number<std::int64_t>(random);
    for (std::int32_t* number : {&alignment.score, &alignment.placement_score, &alignment.best_segment_score, &alignment.chain_score,
                                 &alignment.second_chain_score, &alignment.minimizers, &alignment.ties})
        *number = any_number<std::int32_t>(random);
    for (std::uint64_t left = random() % 20; left > 0; --left) {
        const std::uint32_t length = random() % 5 == 0 ? std::numeric_limits<std::uint32_t>::max() >> 4 : static_cast<std::uint32_t>(1 + random() % 300);
        alignment.cigar.push_back({length, static_cast<CigarOp>(random() % (static_cast<std::uint64_t>(CigarOp::mismatch) + 1))});
    }
    return alignment;
}

FeatureAlignments any_result(std::mt19937_64& random) {
    FeatureAlignments result;
    result.unaligned = static_cast<Unaligned>(random() % (static_cast<std::uint64_t>(Unaligned::failed) + 1));
    result.repeat_length = any_number<std::int32_t>(random);
    if (result.unaligned == Unaligned::failed) result.message = std::string("line 1\nline 2\t\0 \xff", 17) + std::string(random() % 300, 'x');
    for (std::uint64_t left = random() % 4; left > 0; --left) result.alignments.push_back(any_alignment(random));
    for (std::uint64_t left = random() % 3; left > 0; --left) result.alternatives.push_back(any_alignment(random));
    return result;
}

/// Every field but the CIGAR, in words of its own.
auto fields_of(const Alignment& a) {
    return std::tuple(a.contig, a.strand, a.role, a.mapq, a.moved, a.reference.begin, a.reference.end, a.query.begin, a.query.end, a.score, a.placement_score,
                      a.best_segment_score, a.chain_score, a.second_chain_score, a.minimizers, a.ties, a.matches, a.mismatches, a.ambiguous, a.inserted,
                      a.deleted, a.gap_opens);
}

bool same(const std::vector<Alignment>& a, const std::vector<Alignment>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const Alignment& x, const Alignment& y) { return fields_of(x) == fields_of(y) && x.cigar == y.cigar; });
}

bool same(const FeatureAlignments& a, const FeatureAlignments& b) {
    return a.unaligned == b.unaligned && a.repeat_length == b.repeat_length && a.message == b.message && same(a.alignments, b.alignments) &&
           same(a.alternatives, b.alternatives);
}

std::string archive_of(const std::vector<FeatureAlignments>& results) {
    std::string bytes(archive_mark);
    for (const FeatureAlignments& result : results) append_to_archive(result, bytes);
    return bytes;
}

/// How many results there were before the end or the refusal.
struct Reading {
    std::size_t results = 0;
    bool refused = false;
};

Reading read_all(const std::string& bytes) {
    // A copy that ends where memory ends: a sanitizer sees what is read behind it.
    const std::vector<char> exact(bytes.begin(), bytes.end());
    Reading reading;
    try {
        ArchiveReader reader({exact.data(), exact.size()}, "chunk 3");
        for (FeatureAlignments result; reader.read(result);) ++reading.results;
    } catch (const FormatError& error) {
        CHECK(std::string(error.what()) == "chunk 3: is damaged or of another version of weft; remove it, or run once with --fresh");
        reading.refused = true;
    }
    return reading;
}

}  // namespace

TEST_CASE("results come back from an archive whole and in order", "[stages]") {
    std::mt19937_64 random(11);
    std::vector<FeatureAlignments> results(1);   // the first one is empty throughout
    for (int i = 0; i < 400; ++i) results.push_back(any_result(random));
    const std::string bytes = archive_of(results);
    ArchiveReader reader(bytes, "x");
    FeatureAlignments back = any_result(random);   // must not shine through
    for (std::size_t i = 0; i < results.size(); ++i) {
        INFO(i);
        REQUIRE(reader.read(back));
        REQUIRE(same(back, results[i]));
    }
    CHECK_FALSE(reader.read(back));
    CHECK_FALSE(reader.read(back));
    CHECK(read_all(std::string(archive_mark)).results == 0);
}

TEST_CASE("small numbers take a byte, so archives stay small", "[stages]") {
    FeatureAlignments result;
    result.alignments.emplace_back();
    result.alignments.front().cigar = {{7, CigarOp::match}};
    CHECK(archive_of({result}).size() == archive_mark.size() + 5 + 20 + 2);
}

TEST_CASE("what is no archive is refused when it is opened", "[stages]") {
    for (const std::string& bytes : {std::string(), std::string("weft alignments"), std::string("weft alignments 2\n"), std::string("@HD\tVN:1.6\nmore than enough\n")})
        CHECK_THROWS_AS(ArchiveReader(bytes, "x"), FormatError);
}

TEST_CASE("an archive that is cut anywhere but between results is refused", "[stages]") {
    std::mt19937_64 random(12);
    std::vector<FeatureAlignments> results;
    std::vector<std::size_t> ends{archive_mark.size()};
    for (int i = 0; i < 6; ++i) {
        results.push_back(any_result(random));
        ends.push_back(archive_of(results).size());
    }
    const std::string bytes = archive_of(results);
    for (std::size_t length = archive_mark.size(); length <= bytes.size(); ++length) {
        INFO(length);
        const Reading reading = read_all(bytes.substr(0, length));
        const auto whole = static_cast<std::size_t>(std::upper_bound(ends.begin(), ends.end(), length) - ends.begin() - 1);
        CHECK(reading.results == whole);
        CHECK(reading.refused == (ends[whole] != length));
    }
}

TEST_CASE("whatever the bytes of an archive, there is a value or a refusal", "[stages]") {
    std::mt19937_64 random(13);
    std::vector<FeatureAlignments> results;
    for (int i = 0; i < 8; ++i) results.push_back(any_result(random));
    const std::string good = archive_of(results);
    int refused = 0;
    for (int round = 0; round < 3'000; ++round) {
        std::string bad = good;
        for (std::uint64_t left = 1 + random() % 5; left > 0; --left) {
            const std::size_t at = archive_mark.size() + random() % (bad.size() - archive_mark.size());
            switch (random() % 4) {
                case 0: bad[at] = static_cast<char>(random()); break;
                case 1: bad[at] = '\xff'; break;
                case 2: bad.erase(at, 1 + random() % 9); break;
                default: bad.insert(at, std::string(1 + random() % 9, static_cast<char>(random()))); break;
            }
        }
        refused += read_all(bad).refused;
    }
    CHECK(refused > 1'000);
    for (int round = 0; round < 1'000; ++round) {
        std::string noise(archive_mark);
        for (std::uint64_t left = random() % 300; left > 0; --left) noise += static_cast<char>(random() % 3 == 0 ? 0x80 | random() : random() % 4);
        read_all(noise);
    }
}

TEST_CASE("numbers that no alignment can have are refused", "[stages]") {
    // unaligned, repeat length, message; one alignment: contig, flags, mapq, 17 numbers, CIGAR; no alternatives
    const std::string fine = std::string(3, '\0') + '\1' + std::string(3, '\0') + std::string(17, '\0') + std::string("\1\x15", 2) + '\0';
    const auto refused_with = [&](std::size_t at, const std::string& bytes) {
        std::string changed = fine;
        changed.replace(at, 1, bytes);
        return read_all(std::string(archive_mark) + changed).refused;
    };
    REQUIRE_FALSE(refused_with(0, std::string(1, '\0')));
    const std::string beyond_32_bits = "\x80\x80\x80\x80\x10", beyond_64_bits = "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02";
    CHECK_FALSE(refused_with(0, "\5"));
    CHECK(refused_with(0, "\6"));                      // reason of unaligned
    CHECK_FALSE(refused_with(1, "\xff\xff\xff\xff\x0f"));
    CHECK(refused_with(1, beyond_32_bits));            // repeat length
    CHECK(refused_with(2, "\x7f"));                    // a message longer than the rest
    CHECK(refused_with(3, "\x7f"));                    // more alignments than the rest can hold
    CHECK(refused_with(4, beyond_32_bits));            // contig
    CHECK_FALSE(refused_with(5, "\x0d"));
    CHECK(refused_with(5, "\x06"));                    // role 3
    CHECK(refused_with(5, "\x0e"));
    CHECK(refused_with(5, "\x10"));                    // flags that there are not
    CHECK(refused_with(6, "\x80\x02"));                // mapping quality 256
    CHECK_FALSE(refused_with(7, "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"));
    CHECK(refused_with(7, beyond_64_bits));            // reference begin
    CHECK(refused_with(11, beyond_32_bits));           // score
    CHECK(refused_with(24, "\x7f"));                   // more CIGAR elements than the rest
    CHECK(refused_with(25, "\x19"));                   // operation 9
    CHECK(refused_with(25, "\x80\x80\x80\x80\x80\x02"));   // an element of 2^32 bases
}

TEST_CASE("a count of alignments that cannot be true costs no memory", "[stages]") {
    // 2 million alignments in 2 MB: each would take twenty times as much memory as the file has bytes for it.
    std::string bytes(archive_mark);
    bytes += std::string(3, '\0') + std::string("\x80\x80\x7a", 3);
    bytes.resize(bytes.size() + 2'000'000, '\x80');
    CHECK(read_all(bytes).refused);
    FeatureAlignments result;
    ArchiveReader reader(bytes, "x");
    CHECK_THROWS_AS(reader.read(result), FormatError);
    CHECK(result.alignments.capacity() <= 100'000);
}
