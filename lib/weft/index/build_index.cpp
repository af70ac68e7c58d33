// Builds an index in memory.
#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "weft/bytes/md5.hpp"
#include "weft/index/index_content.hpp"
#include "weft/index/pack_bases.hpp"
#include "weft/kernel/sketch.hpp"
#include "weft/model/error.hpp"

namespace weft {
namespace {

struct Placed {
    std::uint64_t slot;
    std::uint64_t place;   // linear position and strand, as in an entry
    auto operator<=>(const Placed&) const = default;
};

void check(const IndexOptions& options) {
    const std::vector<std::string> problems = options.problems();
    if (!problems.empty()) throw UsageError({"index options", fmt::format("{}", fmt::join(problems, "; "))});
}

void lay_out(std::span<const ReferenceContig> contigs, const std::string& where, BuiltArrays& arrays) {
    std::vector<std::string_view> names;
    std::uint64_t linear = 0;
    for (const ReferenceContig& contig : contigs) {
        names.push_back(contig.name);
        arrays.contig_begin.push_back(linear);
        arrays.contig_length.push_back(contig.sequence.size());
        arrays.md5s += sequence_md5(contig.sequence);
        linear += 32 * words_for(contig.sequence.size());
    }
    arrays.contig_begin.push_back(linear);
    arrays.names = make_name_table(names, where);
    if (linear == 0) throw FormatError({where, "the reference has no bases", "give a FASTA with at least one sequence"});

    arrays.packed.assign(linear / 32 + 1, 0);
    for (std::size_t i = 0; i < contigs.size(); ++i) {
        const std::uint64_t begin = arrays.contig_begin[i];
        pack_bases(contigs[i].sequence, begin, std::span(arrays.packed).subspan(begin / 32, words_for(contigs[i].sequence.size())),
                   arrays.runs);
    }
}

std::vector<Placed> sketch_all(std::span<const ReferenceContig> contigs, const IndexView& view) {
    std::vector<Placed> placed;
    std::vector<Minimizer> minimizers;
    for (std::size_t i = 0; i < contigs.size(); ++i) {
        minimizers.clear();
        sketch(encode(contigs[i].sequence), view.k, view.w, minimizers);
        for (const Minimizer& minimizer : minimizers)
            placed.push_back({view.slot(minimizer.hash), (view.contig_begin[i] + minimizer.position) << 1 | minimizer.reverse});
    }
    std::sort(placed.begin(), placed.end());
    return placed;
}

/// Two entries per bucket on average, a fraction of a cache line.
int directory_bits_for(std::size_t minimizers, int k) {
    return std::clamp(static_cast<int>(std::bit_width(minimizers)) - 1, 1, 2 * k);
}

void check_limits(std::size_t minimizers, const IndexView& view, const std::string& where) {
    if (minimizers > 0xFFFFFFFFu)
        throw UsageError({where, fmt::format("{} minimizers, an index holds at most 4294967295", minimizers), "give a larger w"});
    const int bits = 2 * view.k - view.directory_bits + view.position_bits + 1;
    if (bits > 64)
        throw UsageError({where,
                          fmt::format("k = {} with {} bases and {} minimizers needs {} bits per entry, the limit is 64", view.k, view.bases,
                                      minimizers, bits),
                          "give a smaller k or a smaller w"});
}

void fill_table(std::span<const Placed> placed, IndexView& view, BuiltArrays& arrays) {
    const int remainder_bits = 2 * view.k - view.directory_bits;
    const std::uint64_t remainder_mask = (std::uint64_t{1} << remainder_bits) - 1;
    arrays.directory.assign((std::size_t{1} << view.directory_bits) + 1, 0);
    arrays.entries.reserve(placed.size());
    for (const Placed& minimizer : placed) {
        ++arrays.directory[(minimizer.slot >> remainder_bits) + 1];
        arrays.entries.push_back((minimizer.slot & remainder_mask) << (view.position_bits + 1) | minimizer.place);
    }
    for (std::size_t bucket = 1; bucket < arrays.directory.size(); ++bucket) arrays.directory[bucket] += arrays.directory[bucket - 1];
}

std::vector<OccurrenceClass> count_occurrences(std::span<const Placed> placed) {
    std::vector<std::uint64_t> runs;
    for (std::size_t begin = 0; begin < placed.size();) {
        std::size_t end = begin;
        while (end < placed.size() && placed[end].slot == placed[begin].slot) ++end;
        runs.push_back(end - begin);
        begin = end;
    }
    std::sort(runs.begin(), runs.end());
    std::vector<OccurrenceClass> histogram;
    for (const std::uint64_t run : runs) {
        if (histogram.empty() || histogram.back().occurrences != run) histogram.push_back({run, 0});
        ++histogram.back().minimizers;
    }
    return histogram;
}

}  // namespace

Index Index::build(std::vector<ReferenceContig> contigs, const IndexOptions& options, const ReferenceSource& source) {
    check(options);
    auto content = std::make_unique<Content>();
    BuiltArrays& arrays = content->built;
    IndexView& view = content->view;
    const std::string where = source.path.empty() ? "reference" : source.path;

    lay_out(contigs, where, arrays);
    view.k = options.k;
    view.w = options.w;
    view.bases = arrays.contig_begin.back();
    view.position_bits = static_cast<int>(std::bit_width(view.bases));
    view.contig_begin = arrays.contig_begin;
    view.contig_length = arrays.contig_length;
    view.packed = arrays.packed;
    view.runs = arrays.runs;

    const std::vector<Placed> placed = sketch_all(contigs, view);
    view.directory_bits = directory_bits_for(placed.size(), view.k);
    check_limits(placed.size(), view, where);
    fill_table(placed, view, arrays);
    arrays.histogram = count_occurrences(placed);
    view.directory = arrays.directory;
    view.entries = arrays.entries;

    content->names = arrays.names.view();
    content->md5s = arrays.md5s;
    content->histogram = arrays.histogram;
    for (const OccurrenceClass& occurrences : arrays.histogram) content->distinct += occurrences.minimizers;
    for (const std::uint64_t length : arrays.contig_length) content->contig_bases += length;
    content->source = source;
    return Index(std::move(content));
}

}  // namespace weft
