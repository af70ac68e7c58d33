// Opens an index file: checks its front, maps the rest, and points the views into the mapping.
//
// What is read besides the front is what would be read anyway and what later look-ups rely on without looking again: the
// contig table and the name offsets. The content of the large sections is believed, as reading it would defeat the purpose;
// OpenOptions::verify reads it all.
#include <fmt/format.h>

#include "weft/bytes/mapped_file.hpp"
#include "weft/bytes/this_machine.hpp"
#include "weft/index/index_content.hpp"
#include "weft/index/index_file.hpp"
#include "weft/index/index_file_check.hpp"
#include "weft/index/pack_bases.hpp"
#include "weft/model/error.hpp"

namespace weft {
namespace {

template <class Value>
std::span<const Value> values(std::span<const std::byte> file, const IndexFileFront& front, SectionId id) {
    const IndexFileSection& section = front.section(id);
    return {reinterpret_cast<const Value*>(file.data() + section.offset), section.bytes / sizeof(Value)};
}

std::string_view text(std::span<const std::byte> file, const IndexFileFront& front, SectionId id) {
    const std::span<const char> letters = values<char>(file, front, id);
    return {letters.data(), letters.size()};
}

MappedFile::Access access_of(LoadMode mode) {
    switch (mode) {
        case LoadMode::lazy: return MappedFile::Access::lazy;
        case LoadMode::populate: return MappedFile::Access::populate;
        case LoadMode::copy: return MappedFile::Access::copy;
    }
    throw UsageError({"load mode", "unknown value", "give lazy, populate or copy"});
}

bool contigs_fit_together(const IndexView& view, std::uint64_t contig_bases) {
    std::uint64_t end = 0;
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < view.contig_length.size(); ++i) {
        if (view.contig_begin[i] != end || view.contig_length[i] > view.bases) return false;
        sum += view.contig_length[i];
        end += 32 * words_for(view.contig_length[i]);
        if (end > view.bases) return false;
    }
    return view.contig_begin.back() == end && end == view.bases && sum == contig_bases;
}

bool names_fit_together(const NameTable& names) {
    return names.offsets.front() == 0 && std::is_sorted(names.offsets.begin(), names.offsets.end()) &&
           names.offsets.back() == names.letters.size();
}

}  // namespace

Index Index::open(const std::string& path, const OpenOptions& options) {
    auto content = std::make_unique<Content>();
    content->file = MappedFile::open(path, access_of(options.load), options.threads > 0 ? options.threads : available_threads());
    const std::span<const std::byte> file = content->file.bytes();
    const IndexFileFront front = read_front(file, path);
    const IndexFileHeader& header = front.header;

    IndexView& view = content->view;
    view.k = header.k;
    view.w = header.w;
    view.directory_bits = header.directory_bits;
    view.position_bits = header.position_bits;
    view.bases = header.bases;
    view.contig_begin = values<std::uint64_t>(file, front, SectionId::contigs);
    view.contig_length = values<std::uint64_t>(file, front, SectionId::lengths);
    view.packed = values<std::uint64_t>(file, front, SectionId::bases);
    view.runs = values<AmbiguousRun>(file, front, SectionId::runs);
    view.directory = values<std::uint32_t>(file, front, SectionId::directory);
    view.entries = values<std::uint64_t>(file, front, SectionId::entries);
    content->names.offsets = values<std::uint64_t>(file, front, SectionId::name_offsets);
    content->names.letters = text(file, front, SectionId::names);
    content->names.slots = values<std::uint32_t>(file, front, SectionId::name_table);
    content->md5s = text(file, front, SectionId::md5s);
    content->occurrences = values<OccurrenceClass>(file, front, SectionId::occurrences);
    content->distinct = header.distinct;
    content->contig_bases = header.contig_bases;
    content->source = {std::string(text(file, front, SectionId::source)), header.source_bytes, header.source_checksum};

    if (options.verify) check_sections(file, front, path);
    const auto fail = [&path](std::string_view section, std::string_view what) {
        throw FormatError({path, fmt::format("index is damaged: section {}: {}", section, what), "build it again with `weft index REFERENCE.fa`"});
    };
    if (!contigs_fit_together(view, header.contig_bases)) fail("CONT", "contigs do not follow each other");
    if (!names_fit_together(content->names)) fail("NOFF", "names do not follow each other");
    if (view.directory.front() != 0 || view.directory.back() != header.minimizers) fail("DIRS", "does not cover the minimizers");
    if (options.verify) check_content(view, content->occurrences, header.distinct, path);
    return Index(std::move(content));
}

}  // namespace weft
