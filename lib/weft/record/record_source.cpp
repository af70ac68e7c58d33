#include "weft/record/record_source.hpp"

#include <algorithm>

#include "weft/model/error.hpp"
#include "weft/record/decimal.hpp"
#include "weft/record/record_shape.hpp"

namespace weft {
namespace {

constexpr std::size_t longest_name = 254;   // SAM specification, section 1.4

void append_run(std::string& text, std::int64_t length, char op) {
    if (length == 0) return;
    append_decimal(text, length);
    text += op;
}

// The CIGAR of an SA entry tells only what the alignment spans, in the short form of minimap2 that callers of structural variants
// know: every part lists every other one, so full CIGARs would grow with the square of a chopped-up contig.
void append_spanning_cigar(const Alignment& alignment, std::int64_t left, std::int64_t right, std::string& text) {
    const std::int64_t query = alignment.query.length();
    const std::int64_t reference = alignment.reference.length();
    append_run(text, left, 'S');
    append_run(text, std::min(query, reference), 'M');
    append_run(text, std::max<std::int64_t>(0, query - reference), 'I');
    append_run(text, std::max<std::int64_t>(0, reference - query), 'D');
    append_run(text, right, 'S');
}

}  // namespace

void RecordSource::assign(const Feature& feature, const FeatureAlignments& result) {
    feature_ = &feature;
    result_ = &result;
    oriented_.assign(feature);
    collect_kept_fields(feature, context_, kept_);
    collect_parts();
}

void RecordSource::check_sam_name() const {
    const std::string& name = feature_->name;
    if (name.size() > longest_name)
        throw FormatError({"feature " + name.substr(0, 40) + "...",
                           "its name has " + std::to_string(name.size()) + " characters, SAM, BAM and CRAM allow " +
                               std::to_string(longest_name),
                           "shorten the name or write PAF"});
    if (name.starts_with('@'))
        throw FormatError({"feature " + name, "SAM, BAM and CRAM do not allow names that begin with @", "rename it or write PAF"});
}

void RecordSource::collect_parts() {
    parts_.clear();
    part_end_.clear();
    const std::vector<Alignment>& alignments = result_->alignments;
    part_count_ = static_cast<std::size_t>(
        std::count_if(alignments.begin(), alignments.end(), [](const Alignment& a) { return a.role != Role::secondary; }));
    if (part_count_ < 2) return;
    for (const Alignment& alignment : alignments) {
        if (alignment.role != Role::secondary) {
            const RecordShape shape = shape_of(alignment, feature_->length(), context_.options);
            parts_ += context_.contig(alignment.contig).name;
            parts_ += ',';
            append_decimal(parts_, alignment.reference.begin + 1);
            parts_ += ',';
            parts_ += symbol(alignment.strand);
            parts_ += ',';
            append_spanning_cigar(alignment, shape.left, shape.right, parts_);
            parts_ += ',';
            append_decimal(parts_, static_cast<int>(alignment.mapq));
            parts_ += ',';
            append_decimal(parts_, alignment.edit_distance());
            parts_ += ';';
        }
        part_end_.push_back(parts_.size());
    }
}

bool RecordSource::has_other_parts(std::size_t alignment) const {
    return part_count_ >= 2 && result_->alignments[alignment].role != Role::secondary;
}

void RecordSource::append_other_parts(std::size_t alignment, std::string& text) const {
    const std::size_t begin = alignment == 0 ? 0 : part_end_[alignment - 1];
    text.append(parts_, 0, begin);
    text.append(parts_, part_end_[alignment]);
}

}  // namespace weft
