#include "weft/report/reference_text.hpp"

#include <fmt/format.h>

#include <memory>
#include <utility>

#include "weft/index/index.hpp"
#include "weft/index/index_beside.hpp"
#include "weft/model/error.hpp"
#include "weft/record/reference_reader.hpp"

namespace weft {
namespace {

constexpr char fitting_reference[] = "give the reference that the alignments were made with";

}  // namespace

ReferenceText ReferenceText::open(const std::string& path) {
    ReferenceText text = opened(path);
    for (std::size_t i = 0; i < text.contigs_.size(); ++i) text.ranks_.emplace(text.contigs_[i].name, i);
    return text;
}

ReferenceText ReferenceText::opened(const std::string& path) {
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

std::size_t ReferenceText::rank_of(std::string_view contig) const {
    const auto found = ranks_.find(std::string(contig));
    if (found == ranks_.end()) throw FormatError({path_, fmt::format("has no contig '{}'", contig), fitting_reference});
    return found->second;
}

std::int64_t ReferenceText::length(std::string_view contig) const { return contigs_[rank_of(contig)].length; }

std::string ReferenceText::letters(std::string_view contig, ReferenceInterval interval) const {
    const std::size_t rank = rank_of(contig);
    const std::int64_t length = contigs_[rank].length;
    if (interval.begin < 0 || interval.end > length)
        throw FormatError(
            {path_, fmt::format("contig '{}' has {} bases, an alignment lies at {}-{}", contig, length, interval.begin + 1, interval.end),
             fitting_reference});
    return read_(rank, interval);
}

}  // namespace weft
