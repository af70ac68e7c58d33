#include "weft/report/region_slice.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <tuple>
#include <utility>

#include "weft/model/error.hpp"
#include "weft/model/nearest_names.hpp"
#include "weft/model/sequence.hpp"
#include "weft/report/alignment_part.hpp"
#include "weft/report/query_letters.hpp"
#include "weft/report/record_counts.hpp"
#include "weft/report/text_table.hpp"
#include "weft/simulate/random.hpp"

namespace weft {
namespace {

constexpr std::uint64_t look_every = 4'096;   // records between two looks at the wish to stop

struct Kept {
    std::uint64_t chance = 0;   // the smallest stay
    std::uint64_t number = 0;   // in the file
    SliceRow row{};
    SmallBamRecord record{};
};

bool comes_sooner(const Kept& a, const Kept& b) { return std::tie(a.chance, a.number) < std::tie(b.chance, b.number); }

// The records with the smallest hashes, as many as the limits allow; one at least.
class Sample {
public:
    explicit Sample(const SliceLimits& limits) : limits_(limits) {}

    void add(Kept kept) {
        letters_ += std::ssize(kept.record.letters);
        kept_.push_back(std::move(kept));
        std::push_heap(kept_.begin(), kept_.end(), comes_sooner);
        while (kept_.size() > 1 && (kept_.size() > limits_.records || letters_ > limits_.letters)) {
            std::pop_heap(kept_.begin(), kept_.end(), comes_sooner);
            letters_ -= std::ssize(kept_.back().record.letters);
            kept_.pop_back();
        }
    }

    /// By place.
    std::vector<Kept> take() {
        std::sort(kept_.begin(), kept_.end(), [](const Kept& a, const Kept& b) {
            return std::tie(a.row.place.begin, a.row.place.end, a.number) <
                   std::tie(b.row.place.begin, b.row.place.end, b.number);
        });
        return std::move(kept_);
    }

private:
    const SliceLimits& limits_;
    std::vector<Kept> kept_{};
    std::int64_t letters_ = 0;
};

SliceRow row_of(const AlignmentRecord& record) {
    SliceRow row{
        .name = record.name, .place = record.reference, .strand = record.strand, .role = record.role, .mapq = record.mapq};
    row.identity = identity_of(counts_of(record));
    return row;
}

// Letters of the aligned part along the reference, from the record itself.
std::string letters_of(const AlignmentRecord& record, std::string_view reference) {
    QueryLetters letters;
    letters.offer(record);
    return letters.letters(record, reference).value_or("");
}

std::string name_in_slice(std::string name) {
    std::replace(name.begin(), name.end(), ':', '_');
    return name;
}

std::int64_t number_in(std::string_view digits) {
    std::string plain;
    std::copy_if(digits.begin(), digits.end(), std::back_inserter(plain), [](char letter) { return letter != ','; });
    std::int64_t value = -1;
    const auto [end, fault] = std::from_chars(plain.data(), plain.data() + plain.size(), value);
    return fault == std::errc{} && end == plain.data() + plain.size() ? value : -1;
}

std::string too_long(std::int64_t bases) {
    return fmt::format("{} bases are more than the {} that a region view may have", with_commas(bases),
                       with_commas(longest_region));
}

}   // namespace

std::string region_fault(std::string_view text) {
    const std::size_t colon = text.rfind(':');
    if (text.empty() || colon == 0) return "no contig is named; give CONTIG:FROM-TO, 1-based and inclusive";
    if (colon == std::string_view::npos) return "";
    const std::string_view range = text.substr(colon + 1);
    const std::size_t dash = range.find('-');
    if (dash == std::string_view::npos) return "";
    const std::int64_t first = number_in(range.substr(0, dash)), last = number_in(range.substr(dash + 1));
    if (first < 0 || last < 0) return "";   // a contig may have such a name
    if (first == 0) return "positions are counted from 1";
    if (last < first) return fmt::format("the end {} lies before the start {}", last, first);
    return last - first >= longest_region ? too_long(last - first + 1) : "";
}

std::vector<Region> checked_regions(std::span<const std::string> texts, std::span<const ContigRecord> contigs,
                                    const std::string& where) {
    if (texts.size() > most_regions)
        throw UsageError({where, fmt::format("{} regions are asked for, a page may have {}", texts.size(), most_regions),
                          "make several pages"});
    std::vector<Region> regions;
    for (const std::string& text : texts) {
        const std::string place = fmt::format("{} {}", where, text);
        if (const std::string fault = region_fault(text); !fault.empty()) throw UsageError({place, fault, ""});
        std::optional<Region> region;
        try {
            region = parse_region(text, contigs);
        } catch (const UsageError& error) {
            throw UsageError({place, error.problem(), error.advice()});
        }
        if (!region) {
            const std::string contig = text.substr(0, text.rfind(':'));
            NearestNames nearest(contig);
            for (const ContigRecord& known : contigs) nearest.offer(known.name);
            throw UsageError({place, fmt::format("the reference has no contig '{}'", contig), nearest.question()});
        }
        if (region->interval.length() > longest_region)
            throw UsageError({place, too_long(region->interval.length()), "give CONTIG:FROM-TO"});
        if (std::find(regions.begin(), regions.end(), *region) == regions.end()) regions.push_back(std::move(*region));
    }
    return regions;
}

RegionSlice slice_region(const std::string& alignments, const std::string& cram_reference, const Region& region,
                         const ReferenceText& reference, const SliceLimits& limits, const std::atomic<bool>* stop) {
    RegionSlice slice{.region = region, .contig_length = reference.length(region.contig)};
    const ReferenceInterval widest{std::max<std::int64_t>(0, region.interval.begin - limits.margin),
                                   std::min(slice.contig_length, region.interval.end + limits.margin)};
    AlignmentReader reader(alignments, {.sequences = true, .reference = cram_reference});
    reader.restrict_to(region.contig, region.interval);
    Sample sample(limits);
    std::uint64_t number = 0;
    for (AlignmentRecord record; reader.read(record); ++number) {
        if (record.reference.end > slice.contig_length)
            throw FormatError({alignments,
                               fmt::format("'{}' ends at {}:{}, but that contig of the reference has {} bases", record.name,
                                           region.contig, record.reference.end, slice.contig_length),
                               "give the reference that the records were aligned to"});
        if (stop != nullptr && number % look_every == 0 && stop->load())
            throw Cancelled({"", "stopped while a slice for the region view was cut", ""});
        std::optional<SmallBamRecord> part =
            part_in_window(record, letters_of(record, record.difference.empty() ? std::string() : reference.letters(region.contig, record.reference)), widest);
        if (!part) continue;   // only a gap of it lies here
        ++slice.overlapping;
        std::uint64_t place = number;   // neighbours get chances far apart
        sample.add({split_mix(place), number, row_of(record), std::move(*part)});
    }

    ReferenceInterval window = region.interval;
    std::vector<SmallBamRecord> records;
    for (Kept& kept : sample.take()) {
        const std::int64_t end = kept.record.position + reference_length(kept.record.cigar);
        window = {std::min(window.begin, kept.record.position), std::max(window.end, end)};
        slice.rows.push_back(std::move(kept.row));
        records.push_back(std::move(kept.record));
    }
    std::stable_sort(records.begin(), records.end(),
                     [](const SmallBamRecord& a, const SmallBamRecord& b) { return a.position < b.position; });
    slice.letters_begin = window.begin;
    slice.letters = reference.letters(region.contig, window);
    slice.bam = small_bam({name_in_slice(region.contig), slice.contig_length, ""}, records);
    return slice;
}

}   // namespace weft
