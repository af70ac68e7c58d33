#include "weft/record/record_shape.hpp"

#include <catch2/catch.hpp>

#include "support/example_alignments.hpp"

using namespace weft;
using namespace weft::test;

TEST_CASE("flags, clips and the shown stretch follow from role, strand and options", "[record]") {
    struct Row {
        Role role;
        Strand strand;
        bool soft, secondary_sequence;
        int flag;
        const char* clips;   // around *, which is the alignment
        std::int64_t begin, end;
    };
    constexpr auto forward = Strand::forward, reverse = Strand::reverse;
    // A feature of 100 bases, aligned from 10 to 70.
    const Row rows[] = {
        {Role::primary, forward, false, false, 0, "10S*30S", 0, 100},
        {Role::primary, reverse, false, false, 16, "30S*10S", 0, 100},
        {Role::supplementary, forward, false, false, 2048, "10H*30H", 10, 70},
        {Role::supplementary, reverse, false, false, 2064, "30H*10H", 30, 90},
        {Role::supplementary, reverse, true, false, 2064, "30S*10S", 0, 100},
        {Role::secondary, forward, false, false, 256, "10S*30S", 0, 0},
        {Role::secondary, reverse, true, false, 272, "30S*10S", 0, 0},
        {Role::secondary, reverse, false, true, 272, "30H*10H", 30, 90},
        {Role::secondary, forward, true, true, 256, "10S*30S", 0, 100},
    };
    for (const Row& row : rows) {
        Alignment alignment;
        alignment.role = row.role;
        alignment.strand = row.strand;
        alignment.query = {10, 70};
        const RecordShape shape =
            shape_of(alignment, 100, {.soft_clip_supplementary = row.soft, .secondary_sequence = row.secondary_sequence});
        const std::string clip(1, symbol(shape.clip));
        CHECK(shape.flag == row.flag);
        CHECK(std::to_string(shape.left) + clip + "*" + std::to_string(shape.right) + clip == row.clips);
        CHECK(shape.begin == row.begin);
        CHECK(shape.end == row.end);
        CHECK(shape.whole() == (row.end - row.begin == 100));
    }
}

TEST_CASE("runs of = and X merge, and no operation exceeds what BAM holds", "[record]") {
    const auto text = [](const char* cigar, bool extended) {
        std::string out;
        for_each_operation(cigar_of(cigar), extended, [&out](std::uint32_t length, CigarOp op) {
            out += std::to_string(length);
            out += symbol(op);
        });
        return out;
    };
    CHECK(text("3=1X4=2I1X2D5=", false) == "8M2I1M2D5M");
    CHECK(text("3=1X4=2I1X2D5=", true) == "3=1X4=2I1X2D5=");
    CHECK(text("268435455=", true) == "268435455=");
    CHECK(text("268435455=1X600000000=1D", false) == "268435455M268435455M268435455M63129091M1D");
}
