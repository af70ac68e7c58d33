// Reading bases: 2-bit words are spread to one byte per base with shifts and masks, 32 bases at a time, and the few runs of
// other letters are laid over the result.
#include "weft/index/index_view.hpp"

#include <cstring>

namespace weft {
namespace {

/// The low 16 bits of `packed`, 8 bases, as 8 bytes of one code each.
std::uint64_t spread(std::uint64_t packed) {
    packed &= 0xFFFF;
    packed = (packed | packed << 24) & 0x000000FF000000FFu;
    packed = (packed | packed << 12) & 0x000F000F000F000Fu;
    return (packed | packed << 6) & 0x0303030303030303u;
}

/// ACGT for 8 codes: A + 2 (C), + 6 (G), + 2 + 6 + 11 (T).
std::uint64_t letters_of(std::uint64_t codes) {
    const std::uint64_t low = codes & 0x0101010101010101u;
    const std::uint64_t high = codes >> 1 & 0x0101010101010101u;
    return 0x4141414141414141u + 2 * low + 6 * high + 11 * (low & high);
}

template <class Byte, class Translate>
void unpack(const IndexView& view, std::uint64_t begin, std::span<Byte> bytes, Translate translate) {
    std::size_t done = 0;
    for (; done + 32 <= bytes.size(); done += 32) {
        const std::uint64_t word = view.packed_word(begin + done);
        for (int part = 0; part < 4; ++part) {
            const std::uint64_t eight = translate(spread(word >> 16 * part));
            std::memcpy(bytes.data() + done + 8 * part, &eight, 8);
        }
    }
    if (done == bytes.size()) return;
    const std::uint64_t word = view.packed_word(begin + done);
    for (int part = 0; done < bytes.size(); ++part) {
        const std::size_t count = std::min<std::size_t>(8, bytes.size() - done);
        const std::uint64_t eight = translate(spread(word >> 16 * part));
        std::memcpy(bytes.data() + done, &eight, count);
        done += count;
    }
}

/// The first run that ends behind `linear`.
auto first_run_behind(const IndexView& view, std::uint64_t linear) {
    return std::partition_point(view.runs.begin(), view.runs.end(),
                                [linear](const AmbiguousRun& run) { return run.begin + run.length <= linear; });
}

template <class Byte, class Value>
void lay_runs_over(const IndexView& view, std::uint64_t begin, std::span<Byte> bytes, Value value) {
    const std::uint64_t end = begin + bytes.size();
    for (auto run = first_run_behind(view, begin); run != view.runs.end() && run->begin < end; ++run) {
        const std::uint64_t from = std::max(run->begin, begin);
        const std::uint64_t to = std::min(run->begin + run->length, end);
        if (to <= from) continue;   // only in a damaged file
        std::fill(bytes.begin() + static_cast<std::ptrdiff_t>(from - begin), bytes.begin() + static_cast<std::ptrdiff_t>(to - begin),
                  value(*run));
    }
}

}  // namespace

void IndexView::decode(std::uint64_t begin, std::span<Code> codes) const {
    unpack(*this, begin, codes, [](std::uint64_t eight) { return eight; });
    lay_runs_over(*this, begin, codes, [](const AmbiguousRun&) { return ambiguous_code; });
}

void IndexView::letters(std::uint64_t begin, std::span<char> letters) const {
    unpack(*this, begin, letters, letters_of);
    lay_runs_over(*this, begin, letters, [](const AmbiguousRun& run) { return static_cast<char>(run.letter); });
}

LinearInterval IndexView::unambiguous_stretch(std::uint64_t linear) const {
    const ContigId contig = contig_of(linear);
    std::uint64_t begin = contig_begin[rank(contig)];
    std::uint64_t end = contig_end(contig);
    const auto next = first_run_behind(*this, linear);
    if (next != runs.end()) end = std::min(end, std::max(next->begin, linear));
    if (next != runs.begin()) begin = std::max(begin, std::min((next - 1)->begin + (next - 1)->length, linear));
    if (next != runs.end() && next->begin <= linear) begin = linear;
    return {static_cast<std::int64_t>(begin), static_cast<std::int64_t>(end)};
}

}  // namespace weft
