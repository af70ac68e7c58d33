#include "weft/simulate/coordinate_map.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>

#include "support/evolution.hpp"

using namespace weft;
using namespace weft::test;

TEST_CASE("the coordinate map agrees with a map of single bases", "[simulate]") {
    const auto source = genome({4'000, 1'500});
    const Evolution evolution = evolve_all(source, small_events(40), changes_of(0.06), 6);
    const CoordinateMap map(evolution.blocks);
    Random random(17);
    for (int round = 0; round < 500; ++round) {
        const std::size_t contig = random.below(2);
        const std::int64_t length = random.between(1, 400);
        const std::int64_t begin = random.between(0, std::ssize(source[contig].sequence) - length);
        const SourceInterval interval{begin, begin + length};
        const Strand strand = random.chance(0.5) ? Strand::forward : Strand::reverse;

        std::map<std::pair<ContigId, std::uint32_t>, TruePlace> expected;
        for (const SharedBlock& block : evolution.blocks) {
            if (rank(block.source) != contig) continue;
            for (std::int64_t base = block.from.begin; base < block.from.end; ++base) {
                if (!interval.contains(base)) continue;
                const std::int64_t to = block.strand == Strand::forward ? block.to.begin + base - block.from.begin
                                                                        : block.to.end - 1 - (base - block.from.begin);
                auto [entry, is_new] = expected.try_emplace({block.target, block.piece});
                TruePlace& place = entry->second;
                if (is_new) place = {block.target, {to, to + 1}, block.strand == Strand::forward ? strand : opposite(strand), 0};
                place.interval = {std::min(place.interval.begin, to), std::max(place.interval.end, to + 1)};
                ++place.covered;
            }
        }
        const std::vector<TruePlace> found = map.places(static_cast<ContigId>(contig), interval, strand);
        REQUIRE(found.size() == expected.size());
        for (const auto& [piece, place] : expected) CHECK(std::count(found.begin(), found.end(), place) == 1);
        for (std::size_t i = 1; i < found.size(); ++i) CHECK(found[i - 1].covered >= found[i].covered);
    }
}
