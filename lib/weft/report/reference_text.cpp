#include "weft/report/reference_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "weft/index/index.hpp"
#include "weft/index/index_beside.hpp"
#include "weft/model/error.hpp"
#include "weft/record/reference_reader.hpp"

namespace weft {

ReferenceText ReferenceText::open(const std::string& path) {
    ReferenceText text;
    text.path_ = path;
    if (is_index_file(path)) {
        const auto index = std::make_shared<const Index>(Index::open(path));
        for (std::size_t i = 0; i < index->contigs(); ++i) {
            const auto contig = static_cast<ContigId>(i);
            text.contigs_.push_back({std::string(index->name(contig)), index->length(contig), ""});
        }
        text.read_ = [index](std::size_t i, ReferenceInterval interval) { return index->sequence(static_cast<ContigId>(i), interval); };
        return text;
    }
    text.is_fasta_ = true;
    const auto contigs = std::make_shared<const std::vector<ReferenceContig>>(read_reference(path).contigs);
    for (const ReferenceContig& contig : *contigs) text.contigs_.push_back({contig.name, std::ssize(contig.sequence), ""});
    text.read_ = [contigs](std::size_t i, ReferenceInterval interval) {
        return (*contigs)[i].sequence.substr(static_cast<std::size_t>(interval.begin), static_cast<std::size_t>(interval.length()));
    };
    return text;
}

std::string ReferenceText::letters(std::string_view contig, ReferenceInterval interval) const {
    const auto found = std::find_if(contigs_.begin(), contigs_.end(), [&](const ContigRecord& known) { return known.name == contig; });
    const char* const advice = "give the reference that the alignments were made with";
    if (found == contigs_.end()) throw FormatError({path_, fmt::format("has no contig '{}'", contig), advice});
    if (interval.begin < 0 || interval.end > found->length)
        throw FormatError({path_, fmt::format("contig '{}' has {} bases, an alignment lies at {}-{}", contig, found->length, interval.begin + 1, interval.end), advice});
    return read_(static_cast<std::size_t>(found - contigs_.begin()), interval);
}

}  // namespace weft
