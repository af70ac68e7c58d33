#include "weft/record/record_tags.hpp"

#include <algorithm>
#include <string>

#include "weft/record/cs_tag.hpp"
#include "weft/record/decimal.hpp"
#include "weft/record/md_tag.hpp"
#include "weft/record/unaligned_reason.hpp"

namespace weft {
namespace {

void append_read_group(const RecordSource& source, TagSink& sink) {
    const RecordContext& context = source.context();
    sink.ready(source.kept().read_group);   // empty when -R gives another
    if (!context.read_group.empty() && context.options.format != OutputFormat::paf) sink.string("RG", context.read_group);
}

void append_numbers(const Alignment& alignment, std::int32_t repeat_length, TagSink& sink) {
    const bool secondary = alignment.role == Role::secondary;
    sink.integer("NM", alignment.edit_distance());
    sink.integer("ms", alignment.best_segment_score);
    sink.integer("AS", alignment.score);
    sink.integer("nn", alignment.ambiguous);
    sink.character("tp", secondary ? 'S' : 'P');
    sink.integer("cm", alignment.minimizers);
    sink.integer("s1", alignment.chain_score);
    if (!secondary) sink.integer("s2", alignment.second_chain_score);
    sink.share("de", alignment.gap_compressed_divergence());
    sink.integer("rl", repeat_length);
    if (alignment.ties > 0) sink.integer("zt", alignment.ties);
    if (alignment.moved) sink.integer("zn", 1);
}

void append_cigar_text(const Alignment& alignment, bool extended, std::string& text) {
    for_each_operation(alignment.cigar, extended, [&text](std::uint32_t length, CigarOp op) {
        append_decimal(text, length);
        text += symbol(op);
    });
}

// The aligned letters of the feature along the forward reference.
std::string_view aligned_letters(RecordSource& source, const Alignment& alignment) {
    const std::int64_t begin =
        alignment.strand == Strand::forward ? alignment.query.begin : source.feature().length() - alignment.query.end;
    return source.oriented().letters(alignment.strand)
        .substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(alignment.query.length()));
}

void append_difference_tags(RecordSource& source, const Alignment& alignment, TagSink& sink) {
    const OutputOptions& options = source.context().options;
    if (!options.md && options.cs == CsTag::none) return;
    ReferenceWindow reference(source.context().letters, alignment.contig, alignment.reference);
    if (options.md) {
        append_md(alignment.cigar, alignment.reference.begin, reference, sink.begin_string("MD"));
        sink.end_string();
    }
    if (options.cs != CsTag::none) {
        append_cs(options.cs, alignment.cigar, alignment.reference.begin, reference, aligned_letters(source, alignment),
                  sink.begin_string("cs"));
        sink.end_string();
    }
}

const std::string& kept_for(const RecordSource& source, const Alignment& alignment, const RecordShape& shape) {
    if (source.context().options.format != OutputFormat::paf && !shape.whole()) return source.kept().partial;
    return alignment.strand == Strand::reverse ? source.kept().reverse : source.kept().forward;
}

}  // namespace

void append_tags(RecordSource& source, std::size_t index, const RecordShape& shape, TagSink& sink) {
    const OutputOptions& options = source.context().options;
    const Alignment& alignment = source.result().alignments[index];
    append_numbers(alignment, source.result().repeat_length, sink);
    if (options.format == OutputFormat::paf) {
        if (options.paf_cigar) {
            append_cigar_text(alignment, options.extended_cigar, sink.begin_string("cg"));
            sink.end_string();
        }
    } else if (source.has_other_parts(index)) {
        source.append_other_parts(index, sink.begin_string("SA"));
        sink.end_string();
    }
    append_difference_tags(source, alignment, sink);
    sink.ready(kept_for(source, alignment, shape));
    append_read_group(source, sink);
}

void append_unaligned_tags(const RecordSource& source, TagSink& sink) {
    const FeatureAlignments& result = source.result();
    sink.integer("rl", result.repeat_length);
    sink.string("zr", reason_word(result.unaligned));
    if (!result.message.empty()) {
        std::string line = result.message;
        std::replace_if(line.begin(), line.end(), [](char c) { return static_cast<unsigned char>(c) < ' '; }, ' ');
        sink.string("ze", line);
    }
    sink.ready(source.kept().forward);
    append_read_group(source, sink);
}

}  // namespace weft
