#include "weft/index/index.hpp"

#include <fmt/format.h>

#include "weft/index/index_content.hpp"
#include "weft/model/error.hpp"

namespace weft {

Index::Index(std::unique_ptr<Content> content) : content_(std::move(content)) {}
Index::Index(Index&&) noexcept = default;
Index& Index::operator=(Index&&) noexcept = default;
Index::~Index() = default;

int Index::k() const { return content_->view.k; }
int Index::w() const { return content_->view.w; }
std::size_t Index::contigs() const { return content_->view.contig_length.size(); }
std::int64_t Index::total_length() const { return static_cast<std::int64_t>(content_->contig_bases); }
std::string_view Index::name(ContigId contig) const { return content_->names.name(contig); }
std::int64_t Index::length(ContigId contig) const { return static_cast<std::int64_t>(content_->view.contig_length[rank(contig)]); }
std::string_view Index::md5(ContigId contig) const { return content_->md5s.substr(32 * rank(contig), 32); }
std::optional<ContigId> Index::find(std::string_view name) const { return content_->names.find(name); }
std::size_t Index::minimizers() const { return content_->view.entries.size(); }
std::size_t Index::distinct_minimizers() const { return content_->distinct; }
const ReferenceSource& Index::source() const { return content_->source; }
const IndexView& Index::view() const { return content_->view; }

std::string Index::sequence(ContigId contig, ReferenceInterval interval) const {
    if (interval.begin < 0 || interval.end < interval.begin || interval.end > length(contig))
        throw UsageError({std::string(name(contig)),
                          fmt::format("interval [{}, {}) leaves the contig of {} bases", interval.begin, interval.end, length(contig))});
    std::string letters(static_cast<std::size_t>(interval.length()), 'N');
    content_->view.letters(content_->view.contig_begin[rank(contig)] + static_cast<std::uint64_t>(interval.begin), letters);
    return letters;
}

std::uint32_t Index::occurrence_at(double fraction) const {
    const double allowed = fraction * static_cast<double>(content_->distinct);
    std::uint64_t above = 0;   // distinct minimizers that occur more often than the class under the cursor
    for (std::size_t i = content_->occurrences.size(); i-- > 0;) {
        const OccurrenceClass& current = content_->occurrences[i];
        if (static_cast<double>(above + current.minimizers) > allowed) return static_cast<std::uint32_t>(current.occurrences);
        above += current.minimizers;
    }
    return 0;
}

}  // namespace weft
