// The layout of an index file: a header, a table of sections, and the sections, which are the arrays of an index as they lie
// in memory. The file is mapped, never parsed. docs/index-format.md describes it for readers of other languages.
//
// Internal to index/: save_index writes it, open_index checks and maps it, check_index reads every byte of it.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace weft {

static_assert(std::endian::native == std::endian::little, "index files are little endian and used as they lie on the disk");

inline constexpr std::uint32_t index_format = 1;
inline constexpr std::size_t section_alignment = 4'096;   // bytes; a page, so that a section starts aligned in a mapping

/// As in PNG: not text, and broken by whatever converts line ends.
inline constexpr std::array<unsigned char, 8> index_magic{0x89, 'W', 'E', 'F', 'T', '\r', '\n', 0x1A};

struct IndexFileHeader {
    std::array<unsigned char, 8> magic = index_magic;
    std::uint32_t format = index_format;
    std::uint32_t header_bytes = 0;      // this struct and the table of sections
    std::uint64_t file_bytes = 0;
    std::uint16_t k = 0;
    std::uint16_t w = 0;
    std::uint16_t directory_bits = 0;
    std::uint16_t position_bits = 0;
    std::uint64_t bases = 0;             // of the linear coordinate, padding included
    std::uint64_t contig_bases = 0;      // without padding
    std::uint64_t contigs = 0;
    std::uint64_t minimizers = 0;
    std::uint64_t distinct = 0;          // distinct minimizers
    std::uint32_t flags = 0;
    std::uint32_t sections = 0;
    std::uint64_t source_bytes = 0;      // of the FASTA file
    std::uint64_t source_checksum = 0;   // XXH3 of its bytes
    std::uint64_t header_checksum = 0;   // XXH3 of header and table, with this field 0
};
static_assert(sizeof(IndexFileHeader) == 104);

struct IndexFileSection {
    std::array<char, 4> id{};
    std::uint32_t version = 1;
    std::uint64_t offset = 0;     // from the start of the file, a multiple of section_alignment
    std::uint64_t bytes = 0;
    std::uint64_t checksum = 0;   // XXH3 of the section
};
static_assert(sizeof(IndexFileSection) == 32);

/// The sections of format 1, in the order of the file: what every opening touches first, the large ones last.
enum class SectionId : std::size_t { meta, source, contigs, lengths, name_offsets, names, name_table, md5s, occurrences, runs, bases, directory, entries };
inline constexpr std::size_t index_sections = 13;
inline constexpr std::array<std::string_view, index_sections> section_names{"META", "SRCE", "CONT", "LENG", "NOFF", "NAME", "NTAB",
                                                                            "MD5S", "HIST", "RUNS", "BASE", "DIRS", "ENTR"};

/// Header and table together, the first bytes of a file.
struct IndexFileFront {
    IndexFileHeader header{};
    std::array<IndexFileSection, index_sections> table{};

    const IndexFileSection& section(SectionId id) const { return table[static_cast<std::size_t>(id)]; }
    /// XXH3 with the field of the checksum itself taken as 0.
    std::uint64_t checksum() const;
};
static_assert(sizeof(IndexFileFront) == sizeof(IndexFileHeader) + index_sections * sizeof(IndexFileSection));

constexpr std::uint64_t next_section_offset(std::uint64_t bytes) { return (bytes + section_alignment - 1) / section_alignment * section_alignment; }

/// Checks everything about an index file that can be told from its first bytes and its length, and returns those bytes.
/// Throws FormatError.
IndexFileFront read_front(std::span<const std::byte> file, const std::string& path);

/// Compares the checksum of every section and the padding between them, reading the whole file. Throws FormatError.
void check_sections(std::span<const std::byte> file, const IndexFileFront& front, const std::string& path);

}  // namespace weft
