#include "weft/record/cram_reference.hpp"

#include <algorithm>

#include "weft/record/decimal.hpp"

namespace weft {
namespace {

// HTSlib reads in blocks of 64 KiB through a buffer of 32 KiB, so it may look that far behind a contig. The distance between
// contigs keeps what it looks at, and remembers, from being the letters of a contig that is written later.
constexpr std::uint64_t distance = 256 << 10;
constexpr std::int64_t piece = 1 << 20;   // letters written at a time

}  // namespace

CramReference::CramReference(const RecordContext& context, const std::string& scratch_directory)
    : context_(context), letters_(scratch_directory), index_(letters_, ".fai"), provided_(context.contigs.size(), false) {
    std::string index;
    std::uint64_t offset = distance;
    for (const ContigRecord& contig : context.contigs) {
        offset_.push_back(offset);
        index += contig.name + '\t';
        append_decimal(index, contig.length);
        index += '\t';
        append_decimal(index, offset);
        index += '\t';
        append_decimal(index, contig.length);   // one line per contig ...
        index += '\t';
        append_decimal(index, contig.length);   // ... which has no end
        index += '\n';
        offset += static_cast<std::uint64_t>(contig.length) + distance;
    }
    letters_.set_size(offset);
    index_.write_at(0, index);
}

void CramReference::forget_names() noexcept {
    letters_.forget_name();
    index_.forget_name();
}

void CramReference::provide(std::int32_t contig) {
    const auto which = static_cast<std::size_t>(contig);
    if (contig < 0 || provided_[which]) return;
    std::vector<char> buffer(static_cast<std::size_t>(std::min(piece, context_.contigs[which].length)));
    for (std::int64_t at = 0; at < context_.contigs[which].length; at += piece) {
        const ReferenceInterval interval{at, std::min(at + piece, context_.contigs[which].length)};
        const std::span<char> letters = std::span(buffer).first(static_cast<std::size_t>(interval.length()));
        context_.letters(ContigId{static_cast<std::uint32_t>(contig)}, interval, letters);
        letters_.write_at(offset_[which] + static_cast<std::uint64_t>(at), letters);
    }
    provided_[which] = true;
}

}  // namespace weft
