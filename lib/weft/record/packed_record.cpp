#include "weft/record/packed_record.hpp"

#include <algorithm>
#include <cstring>
#include <limits>

#include "weft/model/error.hpp"
#include "weft/record/record_shape.hpp"
#include "weft/record/record_tags.hpp"

namespace weft {
namespace {

constexpr std::size_t alignment_of_records = 8;

// BAM holds two bases per byte, each as the number of its letter in "=ACMGRSVTWYHKDBN".
void pack_letters(std::string_view letters, char* out) {
    const auto code = [](char letter) { return seq_nt16_table[static_cast<unsigned char>(letter)]; };
    std::size_t i = 0;
    for (; i + 1 < letters.size(); i += 2) *out++ = static_cast<char>(code(letters[i]) << 4 | code(letters[i + 1]));
    if (i < letters.size()) *out = static_cast<char>(code(letters[i]) << 4);
}

// Smallest bin of BAM's R-tree that holds an interval. A record of no reference base counts as one base long.
std::uint16_t bin_of(std::int64_t begin, std::int64_t end) {
    constexpr int smallest_shift = 14, levels = 5;
    return static_cast<std::uint16_t>(hts_reg2bin(begin, std::max(end, begin + 1), smallest_shift, levels));
}

// The fixed part and everything ahead of the tags; returns where the record starts.
class RecordBuilder {
public:
    RecordBuilder(RecordSource& source, std::string& bytes) : source_(source), bytes_(bytes), start_(bytes.size()) {
        const std::string_view name = source.name();
        head_.name_padding = static_cast<std::uint8_t>(3 - name.size() % 4);
        head_.name_bytes = static_cast<std::uint16_t>(name.size() + 1 + head_.name_padding);
        bytes_.append(sizeof(PackedHead), '\0');
        bytes_ += name;
        bytes_.append(1u + head_.name_padding, '\0');
    }

    PackedHead& head() { return head_; }

    void add_operation(std::uint32_t length, CigarOp op) {
        const std::uint32_t element = length << BAM_CIGAR_SHIFT | static_cast<std::uint32_t>(op);
        bytes_.append(reinterpret_cast<const char*>(&element), sizeof(element));
        ++head_.operations;
    }

    void add_sequence(Strand strand, std::int64_t begin, std::int64_t end) {
        const auto count = static_cast<std::size_t>(end - begin);
        if (count == 0) return;
        check_size(bytes_.size() - start_ + count + count / 2);
        head_.sequence_bases = static_cast<std::int32_t>(count);
        const std::size_t at = bytes_.size();
        bytes_.resize(at + (count + 1) / 2 + count, '\xff');
        pack_letters(source_.oriented().letters(strand).substr(static_cast<std::size_t>(begin), count), bytes_.data() + at);
        const std::string_view qualities = source_.oriented().qualities(strand);
        if (qualities.empty()) return;   // 0xff: none
        const std::string_view shown = qualities.substr(static_cast<std::size_t>(begin), count);
        std::transform(shown.begin(), shown.end(), bytes_.end() - static_cast<std::ptrdiff_t>(count),
                       [](char letter) { return static_cast<char>(letter - 33); });
    }

    void finish() {
        const std::size_t data = bytes_.size() - start_ - sizeof(PackedHead);
        check_size(data);
        head_.data_bytes = static_cast<std::int32_t>(data);
        while (bytes_.size() % alignment_of_records != 0) bytes_ += '\0';
        head_.bytes = bytes_.size() - start_;
        std::memcpy(bytes_.data() + start_, &head_, sizeof(head_));
    }

private:
    void check_size(std::size_t size) const {
        if (size > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max()))
            throw FormatError({"feature " + std::string(source_.name()),
                               "its record is longer than the 2,147,483,647 bytes that BAM and CRAM allow", "write SAM or PAF"});
    }

    RecordSource& source_;
    std::string& bytes_;
    std::size_t start_;
    PackedHead head_{};
};

// BAM keeps a CIGAR of more than 65,535 operations in a tag and puts two stand-ins in its place, S over the sequence and N over
// the reference, which have the limits of any other operation.
void check_stand_ins(const RecordSource& source, const PackedHead& head, const Alignment& alignment) {
    constexpr std::uint32_t most_operations = 65'535;
    if (source.context().options.format != OutputFormat::bam || head.operations <= most_operations) return;
    if (head.sequence_bases > longest_operation || alignment.reference.length() > longest_operation)
        throw FormatError({"feature " + std::string(source.name()),
                           "it has " + std::to_string(head.operations) +
                               " CIGAR operations over more than 268,435,455 bases, which BAM cannot hold",
                           "write CRAM, SAM or PAF"});
}

void append_aligned(RecordSource& source, std::size_t index, std::string& bytes) {
    const RecordContext& context = source.context();
    const Alignment& alignment = source.result().alignments[index];
    const RecordShape shape = shape_of(alignment, source.feature().length(), context.options);
    RecordBuilder builder(source, bytes);
    builder.head().contig = static_cast<std::int32_t>(rank(alignment.contig));
    builder.head().position = alignment.reference.begin;
    builder.head().flag = shape.flag;
    builder.head().mapq = alignment.mapq;
    builder.head().bin = bin_of(alignment.reference.begin, alignment.reference.end);
    for_each_operation(alignment, shape, context.options.extended_cigar,
                       [&builder](std::uint32_t length, CigarOp op) { builder.add_operation(length, op); });
    builder.add_sequence(alignment.strand, shape.begin, shape.end);
    check_stand_ins(source, builder.head(), alignment);
    TagSink sink(bytes, TagForm::binary);
    append_tags(source, index, shape, sink);
    builder.finish();
}

void append_unaligned(RecordSource& source, std::string& bytes) {
    RecordBuilder builder(source, bytes);
    builder.head().flag = flag_unmapped;
    builder.head().bin = bin_of(-1, 0);
    builder.add_sequence(Strand::forward, 0, source.feature().length());
    TagSink sink(bytes, TagForm::binary);
    append_unaligned_tags(source, sink);
    builder.finish();
}

}  // namespace

void append_packed_records(RecordSource& source, std::string& bytes) {
    source.check_sam_name();
    if (!source.result().aligned()) return append_unaligned(source, bytes);
    for (std::size_t i = 0; i < source.result().alignments.size(); ++i) append_aligned(source, i, bytes);
}

PackedHead packed_head(const char* record) {
    PackedHead head;
    std::memcpy(&head, record, sizeof(head));
    return head;
}

bam1_t packed_view(const char* record) {
    const PackedHead head = packed_head(record);
    bam1_t view{};
    view.core.pos = head.position;
    view.core.tid = head.contig;
    view.core.bin = head.bin;
    view.core.qual = head.mapq;
    view.core.l_extranul = head.name_padding;
    view.core.flag = head.flag;
    view.core.l_qname = head.name_bytes;
    view.core.n_cigar = head.operations;
    view.core.l_qseq = head.sequence_bases;
    view.core.mtid = -1;
    view.core.mpos = -1;
    view.data = reinterpret_cast<std::uint8_t*>(const_cast<char*>(record + sizeof(PackedHead)));
    view.l_data = head.data_bytes;
    view.m_data = static_cast<std::uint32_t>(head.data_bytes);
    bam_set_mempolicy(&view, BAM_USER_OWNS_STRUCT | BAM_USER_OWNS_DATA);
    return view;
}

}  // namespace weft
