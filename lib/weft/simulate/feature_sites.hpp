// Which stretches of the source genome become features, and what is true about each of them.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "weft/model/feature.hpp"
#include "weft/model/reference.hpp"
#include "weft/simulate/coordinate_map.hpp"

namespace weft {

/// A named stretch of the source genome.
struct FeatureSite {
    std::string name{};
    ContigId contig{};
    SourceInterval interval{};
    Strand strand = Strand::forward;
};

/// How much of a feature the target still has in one place: at least 90 %, at least 10 %, less.
enum class Presence : std::uint8_t { present, partial, absent };
std::string_view name_of(Presence presence);

/// The line of a truth table.
struct TrueFeature {
    std::string name{};
    Presence presence = Presence::absent;
    double covered = 0;                  // share of the feature's bases at the first place, 0 to 1
    std::vector<TruePlace> places{};     // best first; the others have at least 90 % of its bases and are as true; empty: nowhere
};

struct WindowOptions {
    std::vector<std::int64_t> sizes{};   // bases, the mean of a normal distribution with a deviation of a fifth
    std::vector<int> each{500};          // windows per size: one number for all sizes, or one for each

    std::vector<std::string> problems() const;
    int count_of(std::size_t size) const { return each.size() == 1 ? each.front() : each[size]; }   // windows of sizes[size]
};

/// Windows at random places of the genome and on random strands, at least `shortest` bases, at most a tenth of them N.
/// A window that does not fit its contig, or lies in N, is left out. Named w<size>_<number>.
std::vector<FeatureSite> pick_windows(std::span<const ReferenceContig> genome, const WindowOptions& options, std::int64_t shortest,
                                      std::uint64_t seed);

/// The sequence of a site in the case of the genome, on its strand; the comment says where it was cut.
Feature cut(const FeatureSite& site, std::span<const ReferenceContig> genome);

/// What the map knows of a stretch of the source.
TrueFeature truth_of(std::string name, ContigId contig, SourceInterval interval, Strand strand, const CoordinateMap& map);

/// Features of random sequence that occurs nowhere: named absent_<number>, `shortest` to 5,000 bases. Their truth is "absent".
std::vector<Feature> make_absent_features(int count, std::int64_t shortest, std::uint64_t seed);

/// Tab-separated line of a truth table, without the line end: name, contig, begin, end, strand, presence, covered share, others
/// ("contig:begin-end:strand", joined by commas, or "."). 0-based, half-open.
std::string truth_line(const TrueFeature& feature, std::span<const ReferenceContig> target);

/// Tab-separated line of a block table: source contig, begin, end, target contig, begin, end, strand.
std::string block_line(const SharedBlock& block, std::span<const ReferenceContig> source, std::string_view target_name);

}  // namespace weft
