#include "weft/record/small_bam.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <vector>

#include <fmt/format.h>

#include "weft/bytes/hts_handle.hpp"
#include "weft/bytes/system_call.hpp"
#include "weft/model/error.hpp"

namespace weft {
namespace {

constexpr const char* shown = "a slice of alignments";

// A file in memory: writing to it does not fail, so HTSlib can be closed in any case (hts_sink.hpp).
class BytesInMemory {
public:
    BytesInMemory() : descriptor_(::memfd_create("weft", MFD_CLOEXEC)) {
        if (descriptor_ < 0) throw_system_error(shown, "write", errno);
    }
    ~BytesInMemory() { ::close(descriptor_); }
    BytesInMemory(const BytesInMemory&) = delete;
    BytesInMemory& operator=(const BytesInMemory&) = delete;

    /// A descriptor of its own, for whoever closes it.
    int duplicate() const {
        const int other = ::dup(descriptor_);
        if (other < 0) throw_system_error(shown, "write", errno);
        return other;
    }

    std::string content() const {
        std::string bytes;
        std::array<char, 65536> piece;
        for (;;) {
            const ssize_t count = ::pread(descriptor_, piece.data(), piece.size(), static_cast<off_t>(bytes.size()));
            if (count < 0) throw_system_error(shown, "read", errno);
            if (count == 0) return bytes;
            bytes.append(piece.data(), static_cast<std::size_t>(count));
        }
    }

private:
    int descriptor_;
};

void check(int status) {
    if (status < 0) throw_system_error(shown, "write", errno);
}

std::uint16_t flag_of(const SmallBamRecord& record) {
    int flag = record.strand == Strand::reverse ? BAM_FREVERSE : 0;
    if (record.role == Role::secondary) flag |= BAM_FSECONDARY;
    if (record.role == Role::supplementary) flag |= BAM_FSUPPLEMENTARY;
    return static_cast<std::uint16_t>(flag);
}

constexpr std::size_t longest_name = 254;   // that BAM can hold; PAF has longer ones

void fill(const SmallBamRecord& record, bam1_t& bam) {
    const std::string name = record.name.substr(0, longest_name);
    std::vector<std::uint32_t> cigar;
    for (const CigarElement& element : record.cigar)
        cigar.push_back(element.length << BAM_CIGAR_SHIFT | static_cast<std::uint32_t>(element.op));
    const int status = bam_set1(&bam, name.size(), name.c_str(), flag_of(record), 0, record.position,
                                static_cast<std::uint8_t>(record.mapq), cigar.size(), cigar.data(), -1, -1, 0,
                                record.letters.size(), record.letters.c_str(), nullptr, 0);
    if (status < 0)
        throw FormatError({record.name, "BAM cannot hold this record", "contigs have at most 2^31 bases"});
    if (record.edit_distance) check(bam_aux_update_int(&bam, "NM", *record.edit_distance));
}

}   // namespace

std::string small_bam(const ContigRecord& contig, std::span<const SmallBamRecord> records) {
    quiet_hts();
    const bool sorted = std::is_sorted(records.begin(), records.end(),
                                       [](const SmallBamRecord& a, const SmallBamRecord& b) { return a.position < b.position; });
    const std::string text =
        fmt::format("@HD\tVN:1.6\tSO:{}\n@SQ\tSN:{}\tLN:{}\n", sorted ? "coordinate" : "unsorted", contig.name, contig.length);
    const SamHeader header(sam_hdr_parse(text.size(), text.c_str()));
    if (!header || sam_hdr_nref(header.get()) != 1)
        throw FormatError({contig.name, "SAM gives this name another meaning", "rename the contig"});
    const BytesInMemory memory;
    HFile stream(hdopen(memory.duplicate(), "w"));
    if (!stream) throw_system_error(shown, "write", errno);
    HtsFile file(hts_hopen(stream.get(), "weft", "wb9"));
    if (!file) throw_system_error(shown, "write", errno);
    (void)stream.release();   // file owns it now
    check(sam_hdr_write(file.get(), header.get()));
    const BamRecord bam(bam_init1());
    for (const SmallBamRecord& record : records) {
        fill(record, *bam);
        check(sam_write1(file.get(), header.get(), bam.get()));
    }
    check(hts_close(file.release()));
    return memory.content();
}

}   // namespace weft
