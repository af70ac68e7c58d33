// Slices of alignments and reference for the region view of the page: what lies at one place, and no more.
//
// A page is read in a browser, so a slice has a bound whatever the file holds: a few thousand records, of each the part within
// the window, and some millions of letters. Where more records overlap, those that are kept are a sample by a hash of their
// number in the file: spread evenly over the region, and the same in every run. How many there were is said.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "weft/model/alignment.hpp"
#include "weft/report/reference_text.hpp"
#include "weft/report/region.hpp"

namespace weft {

inline constexpr std::int64_t longest_region = 1'000'000;   // bases
inline constexpr std::size_t most_regions = 20;             // of one page

struct SliceLimits {
    std::size_t records = 5'000;
    std::int64_t letters = 5'000'000;   // of all records together
    std::int64_t margin = 5'000;        // bases shown on either side of the region where records stick out of it
};

/// One record, as the page's table shows it: the whole of it, whatever the slice shows.
struct SliceRow {
    std::string name{};
    ReferenceInterval place{};
    Strand strand = Strand::forward;
    Role role = Role::primary;
    std::optional<double> identity{};   // matches / columns; nothing when the file does not tell
    int mapq = 255;                     // 255: not known
};

struct RegionSlice {
    Region region{};
    std::int64_t contig_length = 0;
    std::int64_t letters_begin = 0;   // position of the first of `letters`
    std::string letters{};            // of the reference
    std::string bam{};              // the records, cut to the stretch that `letters` cover; in it ':' of the contig's name is '_'
    std::vector<SliceRow> rows{};   // by place
    std::int64_t overlapping = 0;   // records with bases in the region or its margin, shown or not
};

/// What is wrong with a region as far as its text tells, without knowing the contigs; empty when nothing is. For messages that
/// come before anything is read.
std::string region_fault(std::string_view text);

/// Reads regions against the contigs of a reference. Throws UsageError that names `where` and, for an unknown contig, the nearest
/// names; also for positions out of order or outside, for a region above `longest_region`, and for more than `most_regions`.
std::vector<Region> checked_regions(std::span<const std::string> texts, std::span<const ContigRecord> contigs,
                                    const std::string& where);

/// Cuts one slice out of a file of alignments. `cram_reference` is a FASTA for CRAM, or empty. Throws as AlignmentReader,
/// FormatError when a record does not lie within the contig of the reference, Cancelled when `stop` is set.
RegionSlice slice_region(const std::string& alignments, const std::string& cram_reference, const Region& region,
                         const ReferenceText& reference, const SliceLimits& limits = {}, const std::atomic<bool>* stop = nullptr);

}   // namespace weft
