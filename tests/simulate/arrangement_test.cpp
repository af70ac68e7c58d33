#include "weft/simulate/arrangement.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <numeric>

#include "support/evolution.hpp"

using namespace weft;
using namespace weft::test;

TEST_CASE("each kind of event changes what its name says", "[simulate]") {
    const auto source = genome({40'000});
    // Events come in turn, so n events are the first n kinds: lengths tell what the last one did.
    std::int64_t before = std::ssize(source[0].sequence);
    for (int count = 1; count <= 6; ++count) {
        const Arrangement arrangement = rearrange(source, {count, 100, 5'000}, 4);
        const std::int64_t now = arrangement.contigs[0].length();
        const auto kind = static_cast<EventKind>(count - 1);
        INFO(name_of(kind));
        CHECK(arrangement.events[static_cast<std::size_t>(kind)] == 1);
        switch (kind) {
            case EventKind::deletion: CHECK(now < before); break;
            case EventKind::inversion:
            case EventKind::relocation: CHECK(now == before); break;
            case EventKind::insertion:
            case EventKind::duplication:
            case EventKind::tandem_duplication: CHECK(now > before); break;
        }
        before = now;
    }
    const auto pieces = rearrange(source, {3, 100, 5'000}, 4).contigs[0].pieces;
    CHECK(std::count_if(pieces.begin(), pieces.end(), [](const Piece& piece) { return !piece.source; }) == 1);
    CHECK(std::count_if(pieces.begin(), pieces.end(), [](const Piece& piece) { return piece.strand == Strand::reverse; }) >= 1);
}

TEST_CASE("events that find no room are not counted", "[simulate]") {
    const Arrangement arrangement = rearrange(genome({1'000}), {12, 500, 600}, 1);
    CHECK(std::accumulate(arrangement.events.begin(), arrangement.events.end(), std::int64_t{0}) == 0);
    CHECK(arrangement.contigs[0].pieces == std::vector<Piece>{{ContigId{0}, {0, 1'000}, Strand::forward, 0}});
}

TEST_CASE("a contig evolves alike wherever it stands in the file", "[simulate]") {
    const auto source = genome({5'000, 3'000, 4'000});
    const std::vector<ReferenceContig> turned{source[2], source[0], source[1]};
    const Evolution a = evolve_all(source, small_events(30), changes_of(0.03), 8);
    const Evolution b = evolve_all(turned, small_events(30), changes_of(0.03), 8);
    CHECK(a.target[0].sequence == b.target[1].sequence);
    CHECK(a.target[1].sequence == b.target[2].sequence);
    CHECK(a.target[2].sequence == b.target[0].sequence);
    CHECK(a.target[0].sequence != source[0].sequence);
}
