#include "weft/seed/find_anchors.hpp"

#include <algorithm>
#include <span>
#include <tuple>

#include "weft/index/sketch_slice.hpp"

namespace weft {
namespace {

constexpr std::size_t look_ahead = 32;   // look-ups whose directory line is on its way from memory
constexpr std::size_t near_ahead = 16;   // look-ups whose entries are
constexpr std::size_t slice_bases = std::size_t{1} << 19;   // of a huge query, for one turn of a thread

/// Looks up all minimizers into as many occurrences; the directory and then the entries of the next ones are fetched while one is compared.
void look_up(const IndexView& index, std::span<const Minimizer> minimizers, std::span<Occurrences> occurrences) {
    for (std::size_t i = 0; i < std::min(look_ahead, minimizers.size()); ++i) index.prefetch(minimizers[i].hash);
    for (std::size_t i = 0; i < minimizers.size(); ++i) {
        if (i + look_ahead < minimizers.size()) index.prefetch(minimizers[i + look_ahead].hash);
        if (i + near_ahead < minimizers.size()) index.prefetch_entries(minimizers[i + near_ahead].hash);
        occurrences[i] = index.find(minimizers[i].hash);
    }
}

/// Sketches and looks up the query: in slices that threads can share when it is huge, with the same result.
void sketch_and_look_up(const IndexView& index, std::span<const Code> codes, SeedScratch& scratch, const ForEach& for_each) {
    scratch.minimizers.clear();
    if (codes.size() <= slice_bases) {
        sketch(codes, index.k, index.w, scratch.minimizers);
        scratch.occurrences.resize(scratch.minimizers.size());
        look_up(index, scratch.minimizers, scratch.occurrences);
        return;
    }
    struct Part {
        std::vector<Minimizer> memory{};
        std::span<const Minimizer> minimizers{};
        std::vector<Occurrences> occurrences{};
    };
    std::vector<Part> parts((codes.size() + slice_bases - 1) / slice_bases);
    for_each(parts.size(), [&](std::size_t i) {
        const Slice slice{i * slice_bases, std::min(codes.size(), (i + 1) * slice_bases)};
        const Slice bases = bases_to_sketch(slice, codes.size(), index.k, index.w);
        Part& part = parts[i];
        part.minimizers = sketch_slice(codes.subspan(bases.begin, bases.end - bases.begin), slice, index.k, index.w, part.memory);
        part.occurrences.resize(part.minimizers.size());
        look_up(index, part.minimizers, part.occurrences);
    });
    scratch.occurrences.clear();
    for (std::size_t i = 0; i < parts.size(); ++i) {
        for (Minimizer minimizer : parts[i].minimizers) {
            minimizer.position += static_cast<std::uint32_t>(i * slice_bases);
            scratch.minimizers.push_back(minimizer);
        }
        scratch.occurrences.insert(scratch.occurrences.end(), parts[i].occurrences.begin(), parts[i].occurrences.end());
    }
}

void add_anchors(const IndexView& index, const Minimizer& minimizer, const Occurrences& occurrences, std::vector<Anchor>& anchors) {
    for (std::uint32_t i = 0; i < occurrences.count; ++i) {
        const std::uint64_t entry = occurrences.first[i];
        const bool turned = minimizer.reverse != IndexView::is_reverse(entry);
        anchors.push_back({index.position(entry), minimizer.position, turned ? Strand::reverse : Strand::forward});
    }
}

/// In every stretch without a usable minimizer that is longer than `options.rescue_stretch` (or is the whole query), marks the
/// rarest of the frequent ones as usable after all, by (occurrences, position) so that the choice is unique.
void rescue_frequent(const std::vector<Occurrences>& occurrences, const std::vector<Minimizer>& minimizers, std::int64_t query_length,
                     const SeedLimits& limits, const SeedOptions& options, std::vector<std::uint32_t>& rescued) {
    rescued.clear();
    std::vector<std::uint32_t> frequent;
    std::int64_t last_usable = 0;
    bool any_usable = false;
    const auto close_stretch = [&](std::int64_t end, bool at_end) {
        const std::int64_t stretch = end - last_usable;
        const bool whole = at_end && !any_usable;
        if (!frequent.empty() && (whole || stretch > options.rescue_stretch)) {
            const auto wanted = static_cast<std::size_t>(std::max<std::int64_t>(3, 3 * stretch / std::max(1, options.rescue_stretch)));
            const std::size_t kept = std::min(wanted, frequent.size());
            std::partial_sort(frequent.begin(), frequent.begin() + static_cast<std::ptrdiff_t>(kept), frequent.end(),
                              [&](std::uint32_t a, std::uint32_t b) {
                                  return std::tie(occurrences[a].count, a) < std::tie(occurrences[b].count, b);
                              });
            rescued.insert(rescued.end(), frequent.begin(), frequent.begin() + static_cast<std::ptrdiff_t>(kept));
        }
        frequent.clear();
    };
    for (std::uint32_t i = 0; i < occurrences.size(); ++i) {
        const std::uint32_t count = occurrences[i].count;
        if (count == 0) continue;
        if (count <= limits.frequent) {
            close_stretch(minimizers[i].position, false);
            last_usable = minimizers[i].position;
            any_usable = true;
        } else if (count <= limits.rescue) {
            frequent.push_back(i);
        }
    }
    close_stretch(query_length, true);
    std::sort(rescued.begin(), rescued.end());
}

/// Adds the anchors of usable minimizers and measures what the others cover.
void collect(const IndexView& index, const std::vector<Minimizer>& minimizers, const std::vector<Occurrences>& occurrences,
             const std::vector<std::uint32_t>& rescued, const SeedLimits& limits, SeedResult& result) {
    std::int64_t repeat_end = 0;
    std::size_t next_rescued = 0;
    for (std::uint32_t i = 0; i < minimizers.size(); ++i) {
        const bool is_rescued = next_rescued < rescued.size() && rescued[next_rescued] == i;
        if (is_rescued) ++next_rescued;
        if (occurrences[i].count > limits.frequent) {
            const std::int64_t begin = minimizers[i].position;
            const std::int64_t end = begin + index.k;
            result.repeat_length += static_cast<std::int32_t>(end - std::max(begin, repeat_end));
            repeat_end = end;
            if (!is_rescued) continue;
        }
        add_anchors(index, minimizers[i], occurrences[i], result.anchors);
    }
}

}  // namespace

void find_anchors(const IndexView& index, const Query& query, const SeedLimits& limits, const SeedOptions& options,
                  SeedScratch& scratch, SeedResult& result, const ForEach& for_each) {
    result = SeedResult{.anchors = std::move(result.anchors)};
    result.anchors.clear();
    sketch_and_look_up(index, query.codes(Strand::forward), scratch, for_each);
    rescue_frequent(scratch.occurrences, scratch.minimizers, query.length(), limits, options, scratch.rescued);
    collect(index, scratch.minimizers, scratch.occurrences, scratch.rescued, limits, result);
    result.minimizers = static_cast<std::int32_t>(scratch.minimizers.size());
}

void find_anchors_densely(const IndexView& index, const Query& query, const SeedLimits& limits, const SeedOptions& options,
                          SeedScratch& scratch, SeedResult& result) {
    result = SeedResult{.anchors = std::move(result.anchors)};
    result.anchors.clear();
    scratch.minimizers.clear();
    const std::span<const Code> codes = query.codes(Strand::forward);
    all_kmers(codes, index.k, scratch.minimizers);
    result.minimizers = static_cast<std::int32_t>(scratch.minimizers.size());
    if (options.neighbours) {
        // Every k-mer that exists, with one base replaced. A k-mer that equals its reverse complement may have neighbours that
        // do not, so the windows come from the codes and not from the list of k-mers.
        std::vector<Code> window(static_cast<std::size_t>(index.k));
        std::vector<Minimizer> changed;
        for (std::int64_t begin = 0; begin + index.k <= query.length(); ++begin) {
            std::copy_n(codes.begin() + begin, index.k, window.begin());
            if (std::find(window.begin(), window.end(), ambiguous_code) != window.end()) continue;
            for (Code& base : window) {
                const Code kept = base;
                for (Code other = 0; other < 4; ++other) {
                    if (other == kept) continue;
                    base = other;
                    changed.clear();
                    all_kmers(window, index.k, changed);
                    for (Minimizer& kmer : changed) {
                        kmer.position = static_cast<std::uint32_t>(begin);
                        scratch.minimizers.push_back(kmer);
                    }
                }
                base = kept;
            }
        }
    }
    scratch.occurrences.resize(scratch.minimizers.size());
    look_up(index, scratch.minimizers, scratch.occurrences);
    // Changed k-mers are many and mostly chance: the cut-off holds for them without rescue.
    for (std::size_t i = 0; i < scratch.minimizers.size(); ++i) {
        const std::uint32_t limit = i < static_cast<std::size_t>(result.minimizers) ? limits.rescue : limits.frequent;
        if (scratch.occurrences[i].count <= limit) add_anchors(index, scratch.minimizers[i], scratch.occurrences[i], result.anchors);
    }
    const auto order = [](const Anchor& a, const Anchor& b) {
        return std::tie(a.query, a.reference, a.strand) < std::tie(b.query, b.reference, b.strand);
    };
    const auto same = [](const Anchor& a, const Anchor& b) {
        return a.query == b.query && a.reference == b.reference && a.strand == b.strand;
    };
    std::sort(result.anchors.begin(), result.anchors.end(), order);
    result.anchors.erase(std::unique(result.anchors.begin(), result.anchors.end(), same), result.anchors.end());
}

}  // namespace weft
