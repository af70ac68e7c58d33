#include "weft/record/md_tag.hpp"

#include <catch2/catch.hpp>

#include "support/example_alignments.hpp"

using namespace weft;
using namespace weft::test;

TEST_CASE("MD shows the reference at mismatches and deletions", "[record]") {
    const ExampleReference reference{{{"c", "ACGTACGTACGTACGT"}}};
    struct Row {
        const char* cigar;
        std::int64_t begin;
        const char* md;
    };
    const Row rows[] = {
        {"16=", 0, "16"},
        {"3=1X4=", 0, "3T4"},
        {"1X3=", 4, "0A3"},                // a number comes first ...
        {"3=1X", 4, "3T0"},                // ... and last
        {"2=2X2=", 0, "2G0T2"},            // and between neighbouring mismatches
        {"2=3D2=", 0, "2^GTA2"},
        {"2=2D1X1=", 0, "2^GT0A1"},        // 0 tells where the deletion ends
        {"2=5I2=", 0, "4"},                // insertions do not show
        {"2=1I1D2=", 0, "2^G2"},
        {"2=4N2=", 0, "4"},                // introns do not show
        {"2=4N1X1=", 0, "2G1"},
        {"4X", 12, "0A0C0G0T0"},
    };
    const ReferenceLetters letters = reference.letters();
    for (const Row& row : rows) {
        const Cigar cigar = cigar_of(row.cigar);
        ReferenceWindow window(letters, ContigId{0}, {row.begin, row.begin + reference_length(cigar)});
        std::string md = "MD:Z:";
        append_md(cigar, row.begin, window, md);
        CHECK(md == std::string("MD:Z:") + row.md);
    }
}

TEST_CASE("the reference is read in pieces, never outside the alignment", "[record]") {
    std::string sequence(5000, 'A');
    for (std::size_t i = 0; i < sequence.size(); ++i) sequence[i] = "ACGT"[(i * i / 7) % 4];
    std::int64_t least = 5000, most = 0, fetched = 0;
    const ReferenceLetters letters = [&](ContigId, ReferenceInterval interval, std::span<char> out) {
        least = std::min(least, interval.begin);
        most = std::max(most, interval.end);
        fetched += interval.length();
        sequence.copy(out.data(), out.size(), static_cast<std::size_t>(interval.begin));
    };
    const Cigar cigar = cigar_of("10=700D3000=1X89=");
    ReferenceWindow window(letters, ContigId{0}, {1000, 4800});
    std::string md;
    append_md(cigar, 1000, window, md);
    CHECK(md == "10^" + sequence.substr(1010, 700) + "3000" + sequence[4710] + "89");
    CHECK(least >= 1000);
    CHECK(most <= 4800);
    CHECK(fetched < 1500);
}
