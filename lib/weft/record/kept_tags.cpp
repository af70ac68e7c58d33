#include "weft/record/kept_tags.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>

#include "weft/model/sequence.hpp"

namespace weft {
namespace {

using namespace std::string_view_literals;

// Fields about an alignment, a mate's alignment or the program that made it. Sorted by no rule but who writes them.
constexpr std::array alignment_tags{
    // SAM optional fields specification: the alignment, the hits of the read, the mate, the program
    "AM"sv, "AS"sv, "BQ"sv, "CC"sv, "CG"sv, "CM"sv, "CP"sv, "H0"sv, "H1"sv, "H2"sv, "HI"sv, "IH"sv, "MC"sv, "MD"sv, "MQ"sv,
    "NH"sv, "NM"sv, "PG"sv, "Q2"sv, "R2"sv, "SA"sv, "SM"sv, "TS"sv, "UQ"sv,
    // minimap2, winnowmap and other programs that follow it
    "cg"sv, "cm"sv, "cs"sv, "de"sv, "dv"sv, "ms"sv, "nn"sv, "rl"sv, "s1"sv, "s2"sv, "tp"sv, "ts"sv, "zd"sv,
    // bwa, bowtie2, HISAT2, STAR, NGMLR; samtools fixmate has MC and ms
    "X0"sv, "X1"sv, "XA"sv, "XE"sv, "XG"sv, "XM"sv, "XN"sv, "XO"sv, "XS"sv, "XT"sv, "YF"sv, "YS"sv, "YT"sv, "ZS"sv, "jI"sv,
    "jM"sv, "nM"sv, "vA"sv, "vG"sv, "vW"sv};

bool is_about_alignment(std::string_view tag) { return std::find(alignment_tags.begin(), alignment_tags.end(), tag) != alignment_tags.end(); }

std::size_t size_of_type(char type) {
    switch (type) {
        case 'A':
        case 'c':
        case 'C': return 1;
        case 's':
        case 'S': return 2;
        case 'i':
        case 'I':
        case 'f': return 4;
        case 'd': return 8;
        default: return 0;
    }
}

// Bytes of the field at the beginning of `tags` (two letters, type, value); nothing when it is damaged.
std::optional<std::size_t> field_length(std::string_view tags) {
    if (tags.size() < 4) return std::nullopt;
    const char type = tags[2];
    if (type == 'Z' || type == 'H') {
        const std::size_t end = tags.find('\0', 3);
        if (end == std::string_view::npos) return std::nullopt;
        return end + 1;
    }
    std::size_t length = 3 + size_of_type(type);
    if (type == 'B') {
        if (tags.size() < 8 || size_of_type(tags[3]) == 0) return std::nullopt;
        std::uint32_t count = 0;
        std::memcpy(&count, tags.data() + 4, sizeof count);   // BAM is little-endian, and so is every machine we build for
        length = 8 + std::size_t{count} * size_of_type(tags[3]);
    }
    if (length == 3 || length > tags.size()) return std::nullopt;
    return length;
}

}  // namespace

bool append_kept_tags(std::string_view tags, std::string& kept) {
    while (!tags.empty()) {
        const std::optional<std::size_t> length = field_length(tags);
        if (!length) return false;
        if (!is_about_alignment(tags.substr(0, 2))) kept.append(tags.substr(0, *length));
        tags.remove_prefix(*length);
    }
    return true;
}

void turn_tags(std::string& tags) {
    for (std::size_t begin = 0; begin < tags.size();) {
        const std::size_t length = field_length(std::string_view(tags).substr(begin)).value();
        const std::string_view tag = std::string_view(tags).substr(begin, 2);
        if (tags[begin + 2] == 'Z' && (tag == "OQ" || tag == "U2" || tag == "E2")) {
            const std::span<char> value(tags.data() + begin + 3, length - 4);
            std::reverse(value.begin(), value.end());
            if (tag == "E2") std::transform(value.begin(), value.end(), value.begin(), complement_letter);
        }
        begin += length;
    }
}

}  // namespace weft
