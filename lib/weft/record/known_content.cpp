#include "weft/record/known_content.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "weft/model/error.hpp"

namespace weft {
namespace {

using namespace std::string_view_literals;

struct KnownContent {
    std::string_view begin;
    const char* what;
    const char* advice;
};

constexpr std::array known_contents{
    KnownContent{"PK\x03\x04"sv, "a zip archive", "decompress it first (unzip)"},
    KnownContent{"BZh"sv, "bzip2", "decompress it first (bzip2 -d)"},
    KnownContent{"\xfd"
                 "7zXZ\0"sv,
                 "xz", "decompress it first (xz -d)"},
    KnownContent{"\x28\xb5\x2f\xfd"sv, "Zstandard", "decompress it first (zstd -d)"},
    KnownContent{"7z\xbc\xaf\x27\x1c"sv, "a 7z archive", "decompress it first (7z x)"},
    KnownContent{"\xff\xfe"sv, "UTF-16 text", "convert it to plain ASCII (iconv -f UTF-16)"},
    KnownContent{"\xfe\xff"sv, "UTF-16 text", "convert it to plain ASCII (iconv -f UTF-16)"},
    KnownContent{"\xef\xbb\xbf"sv, "text behind a byte-order mark", "remove its first three bytes (tail -c +4)"},
    KnownContent{"\x89HDF"sv, "HDF5", "raw signals are no sequences: call the bases first"},
    KnownContent{"##fileformat=VCF"sv, "VCF", "give sequences"},
    KnownContent{"##gff-version"sv, "GFF", "give sequences"},
    KnownContent{"BCF\x02"sv, "BCF", "give sequences"},
    KnownContent{"BAI\x01"sv, "the index of a BAM file", "give the BAM file itself"},
    KnownContent{"CSI\x01"sv, "the index of another file", "give that file itself"},
    KnownContent{"ID   "sv, "an EMBL flat file", "convert it to FASTA"},
    KnownContent{"LOCUS  "sv, "a GenBank flat file", "convert it to FASTA"},
    KnownContent{"<"sv, "a web page or XML", "check what the download gave"},
};

bool is_text(char character) {
    const auto code = static_cast<unsigned char>(character);
    return code >= 0x20 || (code >= '\t' && code <= '\r');
}

}  // namespace

void refuse_known_content(const std::string& name, std::string_view begin) {
    const auto* const known = std::find_if(known_contents.begin(), known_contents.end(),
                                           [&](const KnownContent& content) { return begin.starts_with(content.begin); });
    if (known != known_contents.end()) throw FormatError({name, fmt::format("looks like {}", known->what), known->advice});
}

void refuse_binary_content(const std::string& name, std::string_view begin, const std::string& expected) {
    if (std::all_of(begin.begin(), begin.end(), is_text)) return;
    std::string bytes;
    for (const char byte : begin.substr(0, 8)) bytes += fmt::format(" {:02x}", static_cast<unsigned char>(byte));
    throw FormatError({name, fmt::format("is not {}: it begins with the bytes{}", expected, bytes)});
}

}  // namespace weft
