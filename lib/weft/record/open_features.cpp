// Which format an input has, by its first bytes: names lie, and pipes have none.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "weft/bytes/line_reader.hpp"
#include "weft/model/error.hpp"
#include "weft/record/fasta_reader.hpp"
#include "weft/record/fastq_reader.hpp"
#include "weft/record/feature_file.hpp"
#include "weft/record/known_content.hpp"
#include "weft/record/sam_reader.hpp"
#include "weft/record/sequence_text.hpp"

namespace weft {
namespace {

constexpr std::size_t enough = 4096;   // bytes that tell a format

}  // namespace

std::unique_ptr<FeatureFile> open_features(InputFile file, const InputOptions& options) {
    if (holds_alignments(file)) return std::make_unique<SamReader>(std::move(file), options);
    LineReader lines{ByteReader(std::move(file))};
    const std::string_view begin = lines.look_ahead(enough);
    refuse_known_content(lines.name(), begin);
    const std::size_t first = begin.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) throw FormatError({lines.name(), "is empty: at least one sequence is needed"});
    if (begin[first] == '>') return std::make_unique<FastaReader>(std::move(lines));
    if (begin[first] == '@') return std::make_unique<FastqReader>(std::move(lines));
    refuse_binary_content(lines.name(), begin, "FASTA, FASTQ, SAM, BAM or CRAM");
    const auto line = 1 + std::count(begin.begin(), begin.begin() + static_cast<std::ptrdiff_t>(first), '\n');
    throw FormatError({at_line(lines.name(), static_cast<std::uint64_t>(line)),
                       fmt::format("expected a header that begins with '>' (FASTA) or '@' (FASTQ, SAM), found {}", shown(begin[first]))});
}

}  // namespace weft
