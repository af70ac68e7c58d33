#include "weft/record/alignment_fields.hpp"

#include <algorithm>
#include <array>

namespace weft {
namespace {

constexpr auto alignment_fields = std::to_array<std::string_view>({
    // weft, minimap2 and programs that follow it
    "NM", "MD", "AS", "ms", "nn", "tp", "cm", "s1", "s2", "de", "dv", "rl", "cs", "cg", "ts", "SA", "zd", "zn", "zt", "zr", "ze",
    // SAM optional fields: hits of the read, the mate's alignment, per-base values along the alignment, the program
    "AM", "BQ", "CC", "CG", "CM", "CP", "E2", "H0", "H1", "H2", "HI", "IH", "MC", "MF", "MQ", "NH", "PG", "SM", "TS", "U2", "UQ",
    // bwa, bowtie2, HISAT2, STAR
    "X0", "X1", "XA", "XE", "XG", "XM", "XN", "XO", "XS", "XT", "YF", "YS", "YT", "ZS", "jI", "jM", "nM", "vA", "vG", "vW",
});

}  // namespace

bool describes_alignment(std::string_view name) {
    return std::find(alignment_fields.begin(), alignment_fields.end(), name) != alignment_fields.end();
}

}  // namespace weft
