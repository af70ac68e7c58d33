#include "weft/report/variant_collector.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>

#include "weft/model/error.hpp"
#include "weft/report/query_letters.hpp"

namespace weft {
namespace {

// How many features lie over a position, from the begins and ends of what they cover.
class SiteDepth {
public:
    void add(ReferenceInterval interval) {
        begins_.push_back(interval.begin);
        ends_.push_back(interval.end);
    }
    void sort() {
        std::sort(begins_.begin(), begins_.end());
        std::sort(ends_.begin(), ends_.end());
    }
    std::int64_t at(std::int64_t position) const { return up_to(begins_, position) - up_to(ends_, position); }

private:
    static std::int64_t up_to(const std::vector<std::int64_t>& positions, std::int64_t position) {
        return std::upper_bound(positions.begin(), positions.end(), position) - positions.begin();
    }

    std::vector<std::int64_t> begins_{};
    std::vector<std::int64_t> ends_{};
};

void count(const LetterChange& change, VariantCounts& counts) {
    if (change.reference.size() == change.alternative.size())
        ++counts.snv;
    else
        ++(change.reference.size() < change.alternative.size() ? counts.insertion : counts.deletion);
}

}  // namespace

std::size_t VariantCollector::KeyHash::operator()(const Key& key) const {
    const std::hash<std::string> of_text;
    constexpr std::size_t factor = 0x9e3779b97f4a7c15;
    std::size_t hash = key.contig;
    hash = hash * factor + static_cast<std::size_t>(key.change.position);
    hash = hash * factor + of_text(key.change.reference);
    return hash * factor + of_text(key.change.alternative);
}

void VariantCollector::add(std::int64_t feature, std::size_t contig, const AlignmentRecord& record) {
    if (record.cigar.empty() || record.mapq < options_.least_mapq) return;
    const std::string reference = reference_->letters(record.contig, record.reference);
    const std::optional<std::string> query = QueryLetters().letters(record, reference);
    if (!query) return;
    add_span(feature, contig, record);
    ContigLetters letters(*reference_, record.contig);
    std::vector<LetterChange> changes = letter_changes(record, *query, options_.longest, letters);
    if (!changes.empty()) names_.try_emplace(feature, record.name);
    for (LetterChange& change : changes) add_change(feature, contig, std::move(change));
}

// Introns part a span: a feature says nothing about what it skips.
void VariantCollector::add_span(std::int64_t feature, std::size_t contig, const AlignmentRecord& record) {
    ReferenceInterval interval{record.reference.begin, record.reference.begin};
    for (const CigarElement& element : record.cigar) {
        if (element.op == CigarOp::skip) {
            if (!interval.empty()) spans_.push_back({contig, feature, interval});
            interval.begin = interval.end += element.length;
        } else if (consumes_reference(element.op)) {
            interval.end += element.length;
        }
    }
    if (!interval.empty()) spans_.push_back({contig, feature, interval});
}

void VariantCollector::add_change(std::int64_t feature, std::size_t contig, LetterChange change) {
    Support& support = variants_[{contig, std::move(change)}];
    if (variants_.size() > options_.most_variants)
        throw Error({"variants",
                     fmt::format("more than {} different ones: these features are not copies of the reference", options_.most_variants),
                     "keep only similar ones (filter: where identity >= 0.95), or leave variants out"});
    if (support.last == feature) return;   // both of two overlapping parts
    if (support.features < static_cast<std::int64_t>(most_names)) support.first[static_cast<std::size_t>(support.features)] = feature;
    ++support.features;
    support.last = feature;
}

VariantCounts VariantCollector::give(const std::function<void(const VariantRecord&)>& take) const {
    std::vector<Span> spans = spans_;
    const auto key_of = [](const Span& span) { return std::tuple(span.contig, span.feature, span.interval); };
    std::sort(spans.begin(), spans.end(), [&](const Span& a, const Span& b) { return key_of(a) < key_of(b); });
    std::map<std::size_t, SiteDepth> depths;
    for (std::size_t i = 0; i < spans.size();) {   // parts of one feature that overlap count once
        Span whole = spans[i++];
        for (; i < spans.size() && spans[i].contig == whole.contig && spans[i].feature == whole.feature &&
               spans[i].interval.begin <= whole.interval.end; ++i)
            whole.interval.end = std::max(whole.interval.end, spans[i].interval.end);
        depths[whole.contig].add(whole.interval);
    }
    for (auto& [contig, depth] : depths) depth.sort();

    using Entry = std::pair<const Key, Support>;
    std::vector<const Entry*> entries;
    for (const Entry& entry : variants_) entries.push_back(&entry);
    std::sort(entries.begin(), entries.end(), [](const Entry* a, const Entry* b) {
        const auto order = [](const Key& key) {
            return std::tie(key.contig, key.change.position, key.change.reference, key.change.alternative);
        };
        return order(a->first) < order(b->first);
    });

    VariantCounts counts;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const auto& [key, support] = *entries[i];
        count(key.change, counts);
        if (i == 0 ||
            std::tie(entries[i - 1]->first.contig, entries[i - 1]->first.change.position) != std::tie(key.contig, key.change.position))
            ++counts.sites;
        VariantRecord variant{key.contig, key.change.position, key.change.reference, key.change.alternative, 0, support.features, {}};
        // Moved to the left, a difference may come to lie in front of its own feature.
        variant.depth = std::max(depths.at(key.contig).at(key.change.position), support.features);
        for (std::size_t n = 0; n < most_names && n < static_cast<std::size_t>(support.features); ++n)
            variant.names.push_back(names_.at(support.first[n]));
        take(variant);
    }
    return counts;
}

}  // namespace weft
