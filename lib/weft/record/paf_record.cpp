#include "weft/record/paf_record.hpp"

#include <initializer_list>

#include "weft/record/decimal.hpp"
#include "weft/record/record_shape.hpp"
#include "weft/record/record_tags.hpp"

namespace weft {
namespace {

void append_columns(std::initializer_list<std::int64_t> values, std::string& text) {
    for (const std::int64_t value : values) {
        text += '\t';
        append_decimal(text, value);
    }
}

void append_aligned(RecordSource& source, std::size_t index, std::string& text) {
    const RecordContext& context = source.context();
    const Alignment& alignment = source.result().alignments[index];
    const ContigRecord& contig = context.contig(alignment.contig);
    text += source.name();
    append_columns({source.feature().length(), alignment.query.begin, alignment.query.end}, text);
    text += '\t';
    text += symbol(alignment.strand);
    text += '\t';
    text += contig.name;
    append_columns({contig.length, alignment.reference.begin, alignment.reference.end, alignment.matches, alignment.columns(),
                    alignment.mapq},
                   text);
    TagSink sink(text, TagForm::text);
    append_tags(source, index, shape_of(alignment, source.feature().length(), context.options), sink);
    text += '\n';
}

void append_unaligned(const RecordSource& source, std::string& text) {
    text += source.name();
    append_columns({source.feature().length(), 0, 0}, text);
    text += "\t*\t*\t0\t0\t0\t0\t0\t0";
    TagSink sink(text, TagForm::text);
    append_unaligned_tags(source, sink);
    text += '\n';
}

}  // namespace

void append_paf_records(RecordSource& source, std::string& text) {
    if (!source.result().aligned()) {
        if (source.context().options.paf_no_hit) append_unaligned(source, text);
        return;
    }
    for (std::size_t i = 0; i < source.result().alignments.size(); ++i) append_aligned(source, i, text);
}

}  // namespace weft
