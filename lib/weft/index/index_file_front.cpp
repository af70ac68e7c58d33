// The first bytes of an index file are believed only after they have been checked: against the file's length, against their
// own checksum, and against each other. Whatever they say, nothing outside the file is ever read.
#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "weft/bytes/checksum.hpp"
#include "weft/index/index_file.hpp"
#include "weft/index/options.hpp"
#include "weft/model/error.hpp"

namespace weft {
namespace {

constexpr std::string_view rebuild = "build it again with `weft index REFERENCE.fa`";

class FrontCheck {
public:
    FrontCheck(std::span<const std::byte> file, const std::string& path) : file_(file), path_(path) {}

    IndexFileFront run() {
        check_identity();
        check_checksum();
        check_length();
        check_parameters();
        for (std::size_t i = 0; i < index_sections; ++i) check_section(i);
        return front_;
    }

private:
    [[noreturn]] void fail(const std::string& problem) const { throw FormatError({path_, problem, std::string(rebuild)}); }
    [[noreturn]] void fail_truncated(std::uint64_t expected) const {
        fail(fmt::format("index is truncated: {} bytes, expected {}", file_.size(), expected));
    }
    void must(bool holds, std::string_view what) const {
        if (!holds) fail(fmt::format("index header is inconsistent: {}", what));
    }

    void check_identity() {
        const std::size_t begin = std::min(file_.size(), index_magic.size());
        const bool begins_well = begin > 0 && std::memcmp(file_.data(), index_magic.data(), begin) == 0;
        if (!begins_well) fail("not a weft index: the first bytes differ");
        if (file_.size() < sizeof(IndexFileHeader)) fail_truncated(sizeof(IndexFileFront));
        std::memcpy(&front_.header, file_.data(), sizeof(IndexFileHeader));
        if (front_.header.format != index_format)
            fail(fmt::format("index format is {}, this version of weft reads format {}", front_.header.format, index_format));
        if (file_.size() < sizeof(IndexFileFront)) fail_truncated(std::max<std::uint64_t>(front_.header.file_bytes, sizeof(IndexFileFront)));
        std::memcpy(&front_, file_.data(), sizeof(IndexFileFront));
    }

    void check_checksum() const {
        const std::uint64_t found = front_.checksum();
        if (found != front_.header.header_checksum)
            fail(fmt::format("index header is damaged: checksum {:016x}, expected {:016x}", found, front_.header.header_checksum));
    }

    void check_length() const {
        if (file_.size() < front_.header.file_bytes) fail_truncated(front_.header.file_bytes);
        if (file_.size() > front_.header.file_bytes)
            fail(fmt::format("index has bytes behind its end: {} bytes, expected {}", file_.size(), front_.header.file_bytes));
    }

    void check_parameters() const {
        const IndexFileHeader& header = front_.header;
        const std::vector<std::string> problems = IndexOptions{.k = header.k, .w = header.w}.problems();
        if (!problems.empty()) must(false, problems.front());
        must(header.header_bytes == sizeof(IndexFileFront) && header.sections == index_sections, "number of sections");
        must(header.flags == 0, "unknown flags");
        must(header.bases > 0 && header.bases % 32 == 0 && header.bases < std::uint64_t{1} << 56, "number of bases");
        must(header.position_bits == std::bit_width(header.bases), "bits of a position");
        must(header.directory_bits >= 1 && header.directory_bits <= 2 * header.k && header.directory_bits <= 32, "bits of the directory");
        must(2 * header.k - header.directory_bits + header.position_bits + 1 <= 64, "bits of an entry");
        must(header.contigs > 0 && header.contigs < 0xFFFFFFFFu, "number of contigs");
        must(header.minimizers <= 0xFFFFFFFFu && header.distinct <= header.minimizers, "number of minimizers");
    }

    void check_section(std::size_t i) const {
        const IndexFileSection& section = front_.table[i];
        const std::string_view name = section_names[i];
        const std::string_view found(section.id.data(), section.id.size());
        must(found == name && section.version == 1, fmt::format("section {} is not {} version 1", i, name));
        must(section.offset % section_alignment == 0 && section.offset >= sizeof(IndexFileFront) && section.offset <= file_.size() &&
                 section.bytes <= file_.size() - section.offset,
             fmt::format("section {} lies outside the file", name));
        must(has_right_size(static_cast<SectionId>(i), section.bytes), fmt::format("section {} has {} bytes", name, section.bytes));
        const std::uint64_t end = i + 1 < index_sections ? front_.table[i + 1].offset : file_.size();
        must(end == (i + 1 < index_sections ? next_section_offset(section.offset + section.bytes) : section.offset + section.bytes),
             fmt::format("section {} does not end where the next begins", name));
    }

    bool has_right_size(SectionId id, std::uint64_t bytes) const {
        const IndexFileHeader& header = front_.header;
        switch (id) {
            case SectionId::contigs:
            case SectionId::name_offsets: return bytes == (header.contigs + 1) * sizeof(std::uint64_t);
            case SectionId::lengths: return bytes == header.contigs * sizeof(std::uint64_t);
            case SectionId::name_table: return bytes > header.contigs * sizeof(std::uint32_t) && std::has_single_bit(bytes);
            case SectionId::md5s: return bytes == header.contigs * 32;
            case SectionId::occurrences:
            case SectionId::runs: return bytes % 16 == 0;
            case SectionId::bases: return bytes == (header.bases / 32 + 1) * sizeof(std::uint64_t);
            case SectionId::directory: return bytes == ((std::uint64_t{1} << header.directory_bits) + 1) * sizeof(std::uint32_t);
            case SectionId::entries: return bytes == header.minimizers * sizeof(std::uint64_t);
            case SectionId::meta:
            case SectionId::source:
            case SectionId::names: return true;
        }
        return false;
    }

    std::span<const std::byte> file_;
    const std::string& path_;
    IndexFileFront front_{};
};

}  // namespace

std::uint64_t IndexFileFront::checksum() const {
    IndexFileFront copy = *this;
    copy.header.header_checksum = 0;
    return weft::checksum(std::as_bytes(std::span(&copy, 1)));
}

IndexFileFront read_front(std::span<const std::byte> file, const std::string& path) { return FrontCheck(file, path).run(); }

void check_sections(std::span<const std::byte> file, const IndexFileFront& front, const std::string& path) {
    std::uint64_t end = sizeof(IndexFileFront);
    for (const IndexFileSection& section : front.table) {
        const std::string_view name(section.id.data(), section.id.size());
        const auto padding = file.subspan(end, section.offset - end);
        if (std::any_of(padding.begin(), padding.end(), [](std::byte byte) { return byte != std::byte{0}; }))
            throw FormatError({path, fmt::format("index is damaged: bytes before section {} are not 0", name), std::string(rebuild)});
        const std::uint64_t found = checksum(file.subspan(section.offset, section.bytes));
        if (found != section.checksum)
            throw FormatError({path,
                               fmt::format("index is damaged: checksum of section {} is {:016x}, expected {:016x}", name, found, section.checksum),
                               std::string(rebuild)});
        end = section.offset + section.bytes;
    }
}

}  // namespace weft
