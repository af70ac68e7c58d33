#include "weft/index/name_table.hpp"

#include <fmt/format.h>

#include <bit>

#include "weft/model/error.hpp"

namespace weft {

std::uint64_t name_hash(std::string_view name) {
    std::uint64_t hash = 0xCBF29CE484222325u;
    for (const char letter : name) hash = (hash ^ static_cast<unsigned char>(letter)) * 0x100000001B3u;
    return hash ^ hash >> 32;
}

std::optional<ContigId> NameTable::find(std::string_view wanted) const {
    const std::size_t mask = slots.size() - 1;
    std::size_t slot = name_hash(wanted) & mask;
    for (std::size_t probe = 0; probe < slots.size(); ++probe, slot = (slot + 1) & mask) {
        if (slots[slot] == 0) return std::nullopt;
        const std::size_t contig = slots[slot] - 1;
        if (contig + 1 < offsets.size() && name(static_cast<ContigId>(contig)) == wanted) return static_cast<ContigId>(contig);
    }
    return std::nullopt;
}

OwnedNameTable make_name_table(std::span<const std::string_view> names, const std::string& where) {
    OwnedNameTable table;
    table.slots.assign(std::bit_ceil(2 * names.size() + 1), 0);
    table.offsets.reserve(names.size() + 1);
    table.offsets.push_back(0);
    const std::size_t mask = table.slots.size() - 1;
    for (std::size_t contig = 0; contig < names.size(); ++contig) {
        const std::string_view name = names[contig];
        if (name.empty()) throw FormatError({where, fmt::format("contig {} has no name", contig + 1), "give every sequence a name"});
        if (const auto first = table.view().find(name))
            throw FormatError({where, fmt::format("two contigs are named `{}` (number {} and {})", name, rank(*first) + 1, contig + 1),
                               "rename one of them"});
        table.letters += name;
        table.offsets.push_back(table.letters.size());
        std::size_t slot = name_hash(name) & mask;
        while (table.slots[slot] != 0) slot = (slot + 1) & mask;
        table.slots[slot] = static_cast<std::uint32_t>(contig + 1);
    }
    return table;
}

}  // namespace weft
