// A query made ready for the engine: codes and packed bases of both strands, and where it is ambiguous.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "weft/model/coordinates.hpp"
#include "weft/model/sequence.hpp"

namespace weft {

/// Both strands of one query. Reusable: `prepare` replaces the content and keeps the memory.
class Query {
public:
    /// Takes the letters in; throws UsageError for 2^32 bases or more.
    void prepare(std::string_view letters);

    std::int64_t length() const { return static_cast<std::int64_t>(codes_[0].size()); }
    /// Codes of the query as it reads along the given strand of the reference.
    std::span<const Code> codes(Strand strand) const { return codes_[index(strand)]; }
    /// The same with 2 bits per base, base i at bits 2(i % 32) of word i / 32; ambiguous bases read as A, padding as A.
    std::span<const std::uint64_t> packed(Strand strand) const { return packed_[index(strand)]; }
    /// The largest interval of the oriented query around `position` without ambiguous bases; empty when that base is ambiguous.
    QueryInterval unambiguous_stretch(Strand strand, std::int64_t position) const;
    /// Interval of the oriented query, on the query as given; its own inverse.
    QueryInterval turned(Strand strand, QueryInterval interval) const {
        return strand == Strand::forward ? interval : QueryInterval{length() - interval.end, length() - interval.begin};
    }

private:
    static constexpr std::size_t index(Strand strand) { return static_cast<std::size_t>(strand); }

    std::array<std::vector<Code>, 2> codes_{};
    std::array<std::vector<std::uint64_t>, 2> packed_{};
    std::vector<std::int64_t> ambiguous_{};   // positions on the query as given, rising
};

}  // namespace weft
