// Reads as a sequencing machine would give them: random places, random strands, errors, qualities that know about them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "weft/model/feature.hpp"
#include "weft/model/reference.hpp"
#include "weft/simulate/feature_sites.hpp"

namespace weft {

class Random;

/// How lengths scatter around their mean.
enum class LengthSpread : std::uint8_t { fixed, narrow, wide };   // none; normal, a tenth; gamma of shape 2

/// What a kind of machine does. Rates are shares of the bases, shares of errors add up to 1.
struct ReadKind {
    std::string_view name;           // as on the command line
    std::string_view purpose;        // half a line for --help
    std::int64_t length;             // mean, bases
    LengthSpread spread;
    double error;                    // errors per base
    double substitution_share;
    double insertion_share;          // the rest are deletions
    bool worse_towards_end;          // the error rate triples from the first base to the last
};

/// The kinds on offer, default first: ont, hifi, short.
std::span<const ReadKind> read_kinds();

struct ReadOptions {
    int count = 0;
    std::string kind = "ont";
    std::optional<std::int64_t> length{};   // instead of the kind's
    std::optional<double> error{};          // instead of the kind's

    std::vector<std::string> problems() const;
};

struct SimulatedRead {
    Feature feature{};    // with qualities; upper case
    FeatureSite site{};   // the stretch of the genome it was read from
};

/// Draws reads of a genome. Every read has its own random stream: more reads leave the earlier ones unchanged.
/// The genome must stay alive.
class Sequencer {
public:
    /// Throws UsageError for a kind that does not exist.
    Sequencer(std::span<const ReferenceContig> genome, const ReadOptions& options, std::uint64_t seed);

    /// Read `number`, or nothing when a hundred tries met only short contigs or runs of N.
    std::optional<SimulatedRead> read(int number) const;

private:
    std::int64_t draw_length(Random& random) const;
    void copy_with_errors(std::string_view letters, Random& random, Feature& feature) const;

    std::span<const ReferenceContig> genome_;
    ReadKind kind_;
    std::uint64_t seed_;
    std::int64_t total_ = 0;
};

}  // namespace weft
