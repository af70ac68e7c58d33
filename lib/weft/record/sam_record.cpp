#include "weft/record/sam_record.hpp"

#include <string_view>

#include "weft/record/decimal.hpp"
#include "weft/record/record_shape.hpp"
#include "weft/record/record_tags.hpp"

namespace weft {
namespace {

constexpr std::string_view no_mate = "\t*\t0\t0\t";   // RNEXT, PNEXT, TLEN

void append_or_star(std::string_view value, std::string& text) {
    text += value.empty() ? std::string_view("*") : value;
}

void append_sequence(RecordSource& source, Strand strand, std::int64_t begin, std::int64_t end, std::string& text) {
    const auto from = static_cast<std::size_t>(begin);
    const auto count = static_cast<std::size_t>(end - begin);
    const std::string_view qualities = source.oriented().qualities(strand);
    append_or_star(count == 0 ? std::string_view{} : source.oriented().letters(strand).substr(from, count), text);
    text += '\t';
    append_or_star(qualities.empty() ? qualities : qualities.substr(from, count), text);
}

void append_aligned(RecordSource& source, std::size_t index, std::string& text) {
    const RecordContext& context = source.context();
    const Alignment& alignment = source.result().alignments[index];
    const RecordShape shape = shape_of(alignment, source.feature().length(), context.options);
    text += source.name();
    text += '\t';
    append_decimal(text, shape.flag);
    text += '\t';
    text += context.contig(alignment.contig).name;
    text += '\t';
    append_decimal(text, alignment.reference.begin + 1);
    text += '\t';
    append_decimal(text, static_cast<int>(alignment.mapq));
    text += '\t';
    for_each_operation(alignment, shape, context.options.extended_cigar, [&text](std::uint32_t length, CigarOp op) {
        append_decimal(text, length);
        text += symbol(op);
    });
    text += no_mate;
    append_sequence(source, alignment.strand, shape.begin, shape.end, text);
    TagSink sink(text, TagForm::text);
    append_tags(source, index, shape, sink);
    text += '\n';
}

void append_unaligned(RecordSource& source, std::string& text) {
    text += source.name();
    text += '\t';
    append_decimal(text, flag_unmapped);
    text += "\t*\t0\t0\t*";
    text += no_mate;
    append_sequence(source, Strand::forward, 0, source.feature().length(), text);
    TagSink sink(text, TagForm::text);
    append_unaligned_tags(source, sink);
    text += '\n';
}

}  // namespace

void append_sam_records(RecordSource& source, std::string& text) {
    source.check_sam_name();
    if (!source.result().aligned()) return append_unaligned(source, text);
    for (std::size_t i = 0; i < source.result().alignments.size(); ++i) append_aligned(source, i, text);
}

}  // namespace weft
