#include "weft/record/reference_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>

#include "weft/bytes/byte_reader.hpp"
#include "weft/bytes/checksum.hpp"
#include "weft/bytes/input_file.hpp"
#include "weft/bytes/line_reader.hpp"
#include "weft/bytes/system_call.hpp"
#include "weft/model/error.hpp"
#include "weft/record/fasta_reader.hpp"
#include "weft/record/known_content.hpp"
#include "weft/record/sequence_text.hpp"

namespace weft {
namespace {

constexpr std::size_t enough = 4096;   // bytes that tell a format
constexpr char give_fasta[] = "give the reference as FASTA";

bool is_compressed(const InputFile& file) {
    std::array<unsigned char, 2> first{};
    return hpeek(file.stream.get(), first.data(), first.size()) == 2 && first[0] == 0x1f && first[1] == 0x8b;
}

void refuse_other_formats(LineReader& lines) {
    const std::string_view begin = lines.look_ahead(enough);
    const std::size_t first = begin.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) throw FormatError({lines.name(), "is empty: at least one sequence is needed"});
    if (begin[first] == '>') return;
    refuse_known_content(lines.name(), begin);
    if (begin.starts_with("BAM\x01")) throw FormatError({lines.name(), "is a BAM file", give_fasta});
    if (begin.starts_with("CRAM")) throw FormatError({lines.name(), "is a CRAM file", give_fasta});
    refuse_binary_content(lines.name(), begin, "FASTA");
    if (begin[first] == '@') throw FormatError({lines.name(), "is FASTQ or SAM", give_fasta});
    const auto line = 1 + std::count(begin.begin(), begin.begin() + static_cast<std::ptrdiff_t>(first), '\n');
    throw FormatError({at_line(lines.name(), static_cast<std::uint64_t>(line)),
                       fmt::format("expected a header that begins with '>', found {}", shown(begin[first]))});
}

std::vector<ReferenceContig> read_contigs(FastaReader& fasta) {
    std::vector<ReferenceContig> contigs;
    std::unordered_map<std::string, std::uint64_t> line_of_name;
    Feature scratch;   // grows to the longest contig once; each contig is then copied at its exact size
    while (fasta.read(scratch)) {
        const std::string where = at_line(fasta.name(), fasta.header_line());
        const auto [first, is_new] = line_of_name.try_emplace(scratch.name, fasta.header_line());
        if (!is_new) {
            throw FormatError({where, fmt::format("contig '{}' appears a second time, first in line {}", scratch.name, first->second),
                               "give every contig a name of its own"});
        }
        if (scratch.sequence.empty()) throw FormatError({where, fmt::format("contig '{}' has no bases", scratch.name), "remove it"});
        contigs.push_back({scratch.name, scratch.sequence});
    }
    return contigs;
}

// Length and checksum of what is left of a stream.
void identify(const InputFile& file, ReferenceSource& source) {
    Checksum checksum;
    std::vector<char> buffer(std::size_t{1} << 20);
    for (;;) {
        const ssize_t count = hread(file.stream.get(), buffer.data(), buffer.size());
        if (count < 0) throw_system_error(file.name, "read", herrno(file.stream.get()));
        checksum.update(std::string_view(buffer.data(), static_cast<std::size_t>(count)));
        source.bytes += static_cast<std::uint64_t>(count);
        if (static_cast<std::size_t>(count) == buffer.size()) continue;
        source.checksum = checksum.value();
        return;
    }
}

}  // namespace

Reference read_reference(const std::string& path) {
    InputFile file = open_input(path);
    Reference reference;
    reference.source.path = path;
    const bool compressed = is_compressed(file);
    if (compressed) {
        // Compressed bytes pass inside HTSlib, out of our sight, so they are read once more for their checksum: milliseconds.
        if (!file.regular) throw FormatError({file.name, "compressed data from a pipe", "decompress them in the pipe (zcat)"});
        identify(file, reference.source);
        if (hseek(file.stream.get(), 0, SEEK_SET) != 0) throw_system_error(file.name, "read", herrno(file.stream.get()));
    }
    Checksum checksum;
    LineReader lines(ByteReader(std::move(file), compressed ? nullptr : &checksum));
    refuse_other_formats(lines);
    FastaReader fasta(std::move(lines));
    reference.contigs = read_contigs(fasta);
    if (!compressed) {
        reference.source.bytes = fasta.bytes_done();
        reference.source.checksum = checksum.value();
    }
    return reference;
}

ReferenceSource identify_reference(const std::string& path) {
    ReferenceSource source;
    source.path = path;
    identify(open_input(path), source);
    return source;
}

}  // namespace weft
