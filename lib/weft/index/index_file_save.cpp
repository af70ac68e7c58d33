// Writes an index: the arrays as they lie in memory, each from a page boundary on, behind a header that says where they are.
#include <fmt/format.h>

#include <filesystem>

#include "weft/bytes/checksum.hpp"
#include "weft/bytes/output_file.hpp"
#include "weft/index/index_content.hpp"
#include "weft/index/index_file.hpp"

namespace weft {
namespace {

using SectionBytes = std::array<std::span<const std::byte>, index_sections>;

/// The same reference in another folder gives the same index, so of its path only the last part is kept.
std::string file_name(const std::string& path) { return std::filesystem::path(path).filename().string(); }

/// For people who look into the file.
std::string description(const Index& index) {
    return fmt::format("weft index, format {}, written by weft {}\nof {}, {} bytes, XXH3 {:016x}\nk {}, w {}\n", index_format, WEFT_VERSION,
                       file_name(index.source().path), index.source().bytes, index.source().checksum, index.k(), index.w());
}

/// Offsets, lengths and checksums of the sections; the header's own fields are left to the caller.
void lay_out(const SectionBytes& sections, IndexFileFront& front) {
    std::uint64_t end = sizeof(IndexFileFront);
    for (std::size_t i = 0; i < index_sections; ++i) {
        IndexFileSection& section = front.table[i];
        std::copy(section_names[i].begin(), section_names[i].end(), section.id.begin());
        section.offset = next_section_offset(end);
        section.bytes = sections[i].size();
        section.checksum = checksum(sections[i]);
        end = section.offset + section.bytes;
    }
    front.header.header_bytes = sizeof(IndexFileFront);
    front.header.sections = index_sections;
    front.header.file_bytes = end;
}

void pad_to(std::uint64_t offset, OutputFile& output) {
    static constexpr std::array<std::byte, section_alignment> zeros{};
    output.write(std::span(zeros).first(offset - output.size()));
}

}  // namespace

void Index::save(const std::string& path) const {
    OutputFile output(path, Durability::disk);   // after a power cut a file whose body is missing would still look whole
    const Content& content = *content_;
    const IndexView& view = content.view;
    const std::string meta = description(*this);
    const std::string source_name = file_name(content.source.path);
    const SectionBytes sections{
        std::as_bytes(std::span(meta)),
        std::as_bytes(std::span(source_name)),
        std::as_bytes(view.contig_begin),
        std::as_bytes(view.contig_length),
        std::as_bytes(content.names.offsets),
        std::as_bytes(std::span(content.names.letters)),
        std::as_bytes(content.names.slots),
        std::as_bytes(std::span(content.md5s)),
        std::as_bytes(content.occurrences),
        std::as_bytes(view.runs),
        std::as_bytes(view.packed),
        std::as_bytes(view.directory),
        std::as_bytes(view.entries),
    };

    IndexFileFront front;
    lay_out(sections, front);
    IndexFileHeader& header = front.header;
    header.k = static_cast<std::uint16_t>(view.k);
    header.w = static_cast<std::uint16_t>(view.w);
    header.directory_bits = static_cast<std::uint16_t>(view.directory_bits);
    header.position_bits = static_cast<std::uint16_t>(view.position_bits);
    header.bases = view.bases;
    header.contig_bases = content.contig_bases;
    header.contigs = contigs();
    header.minimizers = minimizers();
    header.distinct = content.distinct;
    header.source_bytes = content.source.bytes;
    header.source_checksum = content.source.checksum;
    header.header_checksum = front.checksum();

    output.write(std::as_bytes(std::span(&front, 1)));
    for (std::size_t i = 0; i < index_sections; ++i) {
        pad_to(front.table[i].offset, output);
        output.write(sections[i]);
    }
    output.commit();
}

}  // namespace weft
