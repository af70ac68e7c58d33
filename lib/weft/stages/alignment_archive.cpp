#include "weft/stages/alignment_archive.hpp"

#include <limits>
#include <type_traits>
#include <utility>

#include "weft/model/error.hpp"

namespace weft {
namespace {

constexpr std::size_t least_alignment = 21;   // bytes: contig, flags, quality, 17 numbers, an empty CIGAR

void append_number(std::uint64_t number, std::string& bytes) {
    while (number >= 0x80) {
        bytes += static_cast<char>(number | 0x80);
        number >>= 7;
    }
    bytes += static_cast<char>(number);
}

void append_signed(std::int64_t number, std::string& bytes) {
    append_number((static_cast<std::uint64_t>(number) << 1) ^ static_cast<std::uint64_t>(number >> 63), bytes);
}

/// Calls `field` for every number of an alignment, in one order for writing and reading.
template <class Of, class Field>
void each_number(Of& alignment, Field field) {
    field(alignment.reference.begin);
    field(alignment.reference.end);
    field(alignment.query.begin);
    field(alignment.query.end);
    field(alignment.score);
    field(alignment.placement_score);
    field(alignment.best_segment_score);
    field(alignment.chain_score);
    field(alignment.second_chain_score);
    field(alignment.minimizers);
    field(alignment.ties);
    field(alignment.matches);
    field(alignment.mismatches);
    field(alignment.ambiguous);
    field(alignment.inserted);
    field(alignment.deleted);
    field(alignment.gap_opens);
}

void append_alignment(const Alignment& alignment, std::string& bytes) {
    append_number(rank(alignment.contig), bytes);
    const unsigned flags = static_cast<unsigned>(alignment.strand) | static_cast<unsigned>(alignment.role) << 1 | unsigned{alignment.moved} << 3;
    append_number(flags, bytes);
    append_number(alignment.mapq, bytes);
    each_number(alignment, [&](std::int64_t number) { append_signed(number, bytes); });
    append_number(alignment.cigar.size(), bytes);
    for (const CigarElement element : alignment.cigar)
        append_number(std::uint64_t{element.length} << 4 | static_cast<std::uint64_t>(element.op), bytes);
}

}  // namespace

void append_to_archive(const FeatureAlignments& result, std::string& bytes) {
    append_number(static_cast<std::uint64_t>(result.unaligned), bytes);
    append_signed(result.repeat_length, bytes);
    append_number(result.message.size(), bytes);
    bytes += result.message;
    for (const std::vector<Alignment>* list : {&result.alignments, &result.alternatives}) {
        append_number(list->size(), bytes);
        for (const Alignment& alignment : *list) append_alignment(alignment, bytes);
    }
}

ArchiveReader::ArchiveReader(std::string_view bytes, std::string name) : rest_(bytes), name_(std::move(name)) {
    if (!rest_.starts_with(archive_mark)) refuse();
    rest_.remove_prefix(archive_mark.size());
}

void ArchiveReader::refuse() const {
    throw FormatError({name_, "is damaged or of another version of weft", "remove it, or run once with --fresh"});
}

std::uint64_t ArchiveReader::number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        if (rest_.empty()) refuse();
        const auto byte = static_cast<unsigned char>(rest_.front());
        rest_.remove_prefix(1);
        if (shift == 63 && byte > 1) refuse();
        value |= std::uint64_t{byte & 0x7fU} << shift;
        if (byte < 0x80) return value;
    }
    refuse();
}

std::int64_t ArchiveReader::signed_number() {
    const std::uint64_t value = number();
    return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
}

template <class Value>
void ArchiveReader::take(Value& value) {
    const std::int64_t number = signed_number();
    if (!std::in_range<Value>(number)) refuse();
    value = static_cast<Value>(number);
}

void ArchiveReader::take_alignment(Alignment& alignment) {
    const std::uint64_t contig = number();
    const std::uint64_t flags = number();
    const std::uint64_t mapq = number();
    if (contig > std::numeric_limits<std::uint32_t>::max() || flags > 0b1101 || (flags >> 1 & 3) > 2 || mapq > 255) refuse();
    alignment.contig = ContigId{static_cast<std::uint32_t>(contig)};
    alignment.strand = static_cast<Strand>(flags & 1);
    alignment.role = static_cast<Role>(flags >> 1 & 3);
    alignment.moved = (flags >> 3) != 0;
    alignment.mapq = static_cast<std::uint8_t>(mapq);
    each_number(alignment, [&](auto& value) { take(value); });
    alignment.cigar.clear();
    for (std::uint64_t left = number(); left > 0; --left) {   // each costs a byte, so a damaged count ends soon
        const std::uint64_t element = number();
        if ((element & 15) > static_cast<std::uint64_t>(CigarOp::mismatch) || (element >> 4) > std::numeric_limits<std::uint32_t>::max()) refuse();
        alignment.cigar.push_back({static_cast<std::uint32_t>(element >> 4), static_cast<CigarOp>(element & 15)});
    }
}

bool ArchiveReader::read(FeatureAlignments& result) {
    if (rest_.empty()) return false;
    const std::uint64_t unaligned = number();
    if (unaligned > static_cast<std::uint64_t>(Unaligned::failed)) refuse();
    result.unaligned = static_cast<Unaligned>(unaligned);
    take(result.repeat_length);
    const std::uint64_t length = number();
    if (length > rest_.size()) refuse();
    result.message = rest_.substr(0, length);
    rest_.remove_prefix(length);
    for (std::vector<Alignment>* list : {&result.alignments, &result.alternatives}) {
        const std::uint64_t count = number();
        if (count > rest_.size() / least_alignment) refuse();   // before so many are made room for
        list->resize(count);
        for (Alignment& alignment : *list) take_alignment(alignment);
    }
    return true;
}

}  // namespace weft
