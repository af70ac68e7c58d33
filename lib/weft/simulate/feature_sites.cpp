#include "weft/simulate/feature_sites.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "weft/model/sequence.hpp"
#include "weft/simulate/random.hpp"

namespace weft {
namespace {

constexpr double present_from = 0.9;   // share of the bases; the same for a copy that is as true as the first
constexpr double partial_from = 0.1;
constexpr std::int64_t longest_absent = 5'000;

std::string_view letters_of(std::span<const ReferenceContig> genome, ContigId contig, SourceInterval interval) {
    return std::string_view(genome[rank(contig)].sequence)
        .substr(static_cast<std::size_t>(interval.begin), static_cast<std::size_t>(interval.length()));
}

// A contig with probability proportional to its length.
ContigId pick_contig(std::span<const ReferenceContig> genome, std::int64_t total, Random& random) {
    std::int64_t at = random.between(0, total - 1);
    std::size_t i = 0;
    while (at >= std::ssize(genome[i].sequence)) at -= std::ssize(genome[i++].sequence);
    return static_cast<ContigId>(i);
}

}  // namespace

std::string_view name_of(Presence presence) {
    switch (presence) {
        case Presence::present: return "present";
        case Presence::partial: return "partial";
        case Presence::absent: return "absent";
    }
    return "unknown";
}

std::vector<std::string> WindowOptions::problems() const {
    std::vector<std::string> found;
    for (const std::int64_t size : sizes)
        if (size < 20 || size > 100'000'000) found.push_back(fmt::format("--window has {}; give sizes of 20 to 100,000,000 bases", size));
    if (each.size() != 1 && each.size() != sizes.size())
        found.push_back(fmt::format("--windows-each has {} numbers, --window has {} sizes; give one number, or one per size", each.size(), sizes.size()));
    for (const int count : each)
        if (count < 0 || count > 10'000'000) found.push_back(fmt::format("--windows-each has {}; give 0 to 10,000,000", count));
    return found;
}

std::vector<FeatureSite> pick_windows(std::span<const ReferenceContig> genome, const WindowOptions& options, std::int64_t shortest,
                                      std::uint64_t seed) {
    std::int64_t total = 0;
    for (const ReferenceContig& contig : genome) total += std::ssize(contig.sequence);
    std::vector<FeatureSite> sites;
    if (total == 0) return sites;
    for (std::size_t rank_of_size = 0; rank_of_size < options.sizes.size(); ++rank_of_size) {
        const std::int64_t size = options.sizes[rank_of_size];
        Random random(seed, fmt::format("windows {}", size));
        for (int i = 0; i < options.count_of(rank_of_size); ++i) {
            const ContigId contig = pick_contig(genome, total, random);
            const std::int64_t length = std::max(shortest, random.normal(size, size / 5));
            const std::int64_t room = std::ssize(genome[rank(contig)].sequence) - length;
            if (room < 0) continue;
            const std::int64_t begin = random.between(0, room);
            const Strand strand = random.chance(0.5) ? Strand::forward : Strand::reverse;
            const std::string_view letters = letters_of(genome, contig, {begin, begin + length});
            const auto unknown = std::count_if(letters.begin(), letters.end(), [](char letter) { return upper(letter) == 'N'; });
            if (unknown * 10 > length) continue;
            sites.push_back({fmt::format("w{}_{}", size, i), contig, {begin, begin + length}, strand});
        }
    }
    return sites;
}

Feature cut(const FeatureSite& site, std::span<const ReferenceContig> genome) {
    Feature feature;
    feature.name = site.name;
    feature.comment = fmt::format("source={}:{}-{}:{}", genome[rank(site.contig)].name, site.interval.begin, site.interval.end, symbol(site.strand));
    feature.sequence = letters_of(genome, site.contig, site.interval);
    if (site.strand == Strand::reverse) feature.sequence = reverse_complement(feature.sequence);
    return feature;
}

TrueFeature truth_of(std::string name, ContigId contig, SourceInterval interval, Strand strand, const CoordinateMap& map) {
    TrueFeature feature;
    feature.name = std::move(name);
    feature.places = map.places(contig, interval, strand);
    if (feature.places.empty()) return feature;
    const auto best = static_cast<double>(feature.places.front().covered);
    std::erase_if(feature.places, [&](const TruePlace& place) { return static_cast<double>(place.covered) < present_from * best; });
    feature.covered = best / static_cast<double>(interval.length());
    feature.presence = feature.covered >= present_from ? Presence::present : feature.covered >= partial_from ? Presence::partial : Presence::absent;
    return feature;
}

std::vector<Feature> make_absent_features(int count, std::int64_t shortest, std::uint64_t seed) {
    Random random(seed, "absent");
    std::vector<Feature> features;
    for (int i = 0; i < count; ++i) {
        Feature feature;
        feature.name = fmt::format("absent_{}", i);
        feature.comment = "source=none";
        const std::int64_t length = random.over_magnitudes(shortest, std::max(shortest, longest_absent));
        while (feature.length() < length) feature.sequence += random.base();
        features.push_back(std::move(feature));
    }
    return features;
}

std::string truth_line(const TrueFeature& feature, std::span<const ReferenceContig> target) {
    if (feature.places.empty()) return fmt::format("{}\t*\t0\t0\t.\t{}\t{:.4f}\t.", feature.name, name_of(feature.presence), feature.covered);
    std::string others;
    for (std::size_t i = 1; i < feature.places.size(); ++i) {
        const TruePlace& place = feature.places[i];
        others += fmt::format("{}{}:{}-{}:{}", others.empty() ? "" : ",", target[rank(place.contig)].name, place.interval.begin,
                              place.interval.end, symbol(place.strand));
    }
    const TruePlace& best = feature.places.front();
    return fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{:.4f}\t{}", feature.name, target[rank(best.contig)].name, best.interval.begin,
                       best.interval.end, symbol(best.strand), name_of(feature.presence), feature.covered, others.empty() ? "." : others);
}

std::string block_line(const SharedBlock& block, std::span<const ReferenceContig> source, std::string_view target_name) {
    return fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}", source[rank(block.source)].name, block.from.begin, block.from.end, target_name,
                       block.to.begin, block.to.end, symbol(block.strand));
}

}  // namespace weft
