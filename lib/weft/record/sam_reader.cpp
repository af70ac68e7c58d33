#include "weft/record/sam_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "weft/model/error.hpp"
#include "weft/record/kept_tags.hpp"

namespace weft {
namespace {

constexpr std::uint8_t highest_quality = 93;   // '~' as a letter

}  // namespace

SamReader::SamReader(InputFile file, const InputOptions& options)
    : file_(std::move(file), {options.reference, true, false}), keep_tags_(options.keep_tags) {}

bool SamReader::read(Feature& feature) {
    constexpr int repeats = BAM_FSECONDARY | BAM_FSUPPLEMENTARY;
    do {
        if (!file_.next()) return false;
    } while ((file_.record().core.flag & repeats) != 0);

    file_.copy_name(feature.name);
    feature.comment.clear();
    file_.copy_sequence(feature.sequence);
    copy_qualities(feature);
    feature.tags.clear();
    if (keep_tags_) copy_tags(feature);
    return true;
}

void SamReader::copy_qualities(Feature& feature) const {
    const bam1_t& record = file_.record();
    const auto length = static_cast<std::size_t>(record.core.l_qseq);
    const std::uint8_t* const values = bam_get_qual(&record);
    feature.qualities.clear();
    if (length == 0 || values[0] == 0xff) return;   // 0xff: not stored
    feature.qualities.resize(length);
    std::transform(values, values + length, feature.qualities.begin(),
                   [](std::uint8_t value) { return static_cast<char>('!' + std::min(value, highest_quality)); });
    if (bam_is_rev(&record)) std::reverse(feature.qualities.begin(), feature.qualities.end());
}

void SamReader::copy_tags(Feature& feature) const {
    const bam1_t& record = file_.record();
    const auto* const tags = reinterpret_cast<const char*>(bam_get_aux(&record));
    const Strand strand = bam_is_rev(&record) ? Strand::reverse : Strand::forward;
    if (!append_kept_tags({tags, static_cast<std::size_t>(bam_get_l_aux(&record))}, strand, feature.tags)) {
        throw FormatError({file_.where(), fmt::format("the optional fields of '{}' are damaged", bam_get_qname(&record))});
    }
}

std::uint64_t SamReader::bytes_done() const { return file_.bytes_done(); }

std::vector<std::string> SamReader::read_groups() const {
    std::vector<std::string> lines;
    const int count = sam_hdr_count_lines(&file_.header(), "RG");
    for (int i = 0; i < count; ++i) {
        HtsString line;
        if (sam_hdr_find_line_pos(&file_.header(), "RG", i, &line) == 0) lines.emplace_back(line.s, line.l);
    }
    return lines;
}

}  // namespace weft
