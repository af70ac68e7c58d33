// Contig names and the way back from a name to its contig, as flat arrays that work the same in memory and in a mapped file.
//
// Names may have any length and any bytes. The table is open addressing with linear probing, at most half full, so that a
// look-up in a mapped file touches one or two pages and nothing is built when the file is opened.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "weft/model/coordinates.hpp"

namespace weft {

/// Views of the arrays; `offsets` must rise from 0 to letters.size().
struct NameTable {
    std::span<const std::uint64_t> offsets{};   // contigs + 1 starts of names in `letters`
    std::string_view letters{};                 // all names, one after the other
    std::span<const std::uint32_t> slots{};     // contig + 1, or 0 when free; a power of two of them, above the number of contigs

    std::string_view name(ContigId contig) const {
        return letters.substr(offsets[rank(contig)], offsets[rank(contig) + 1] - offsets[rank(contig)]);
    }
    /// Safe for any content of `slots`, as long as there is at least one.
    std::optional<ContigId> find(std::string_view name) const;
};

/// The same arrays, owned.
struct OwnedNameTable {
    std::vector<std::uint64_t> offsets{};
    std::string letters{};
    std::vector<std::uint32_t> slots{};

    NameTable view() const { return {offsets, letters, slots}; }
};

/// Throws FormatError when a name is empty or occurs twice; `where` names the reference in the message.
OwnedNameTable make_name_table(std::span<const std::string_view> names, const std::string& where);

/// FNV-1a (64 bit) of a name, folded; part of the file format.
std::uint64_t name_hash(std::string_view name);

}  // namespace weft
