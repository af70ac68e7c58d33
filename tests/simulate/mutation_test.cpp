// Evolution keeps its own books; here they are audited base by base, by slow and obvious means.
#include "weft/simulate/mutation.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "support/evolution.hpp"
#include "weft/model/sequence.hpp"

using namespace weft;
using namespace weft::test;

TEST_CASE("without events and changes the target is the source", "[simulate]") {
    const auto source = genome({1'000, 300});
    const Evolution same = evolve_all(source, small_events(0), changes_of(0), 1);
    CHECK(same.target[0].sequence == source[0].sequence);
    CHECK(same.target[1].sequence == source[1].sequence);
    REQUIRE(same.blocks.size() == 2);
    CHECK(same.blocks[1] == SharedBlock{ContigId{1}, {0, 300}, ContigId{1}, {0, 300}, Strand::forward, 0});
}

TEST_CASE("blocks hold every kept base once, and only substitutions differ", "[simulate]") {
    const auto source = genome({6'000, 2'000});
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        const Evolution evolution = evolve_all(source, small_events(24), changes_of(0.05, 0.12, 0.1), seed);
        std::int64_t differing = 0;
        std::vector<std::string> owned;
        for (const ReferenceContig& contig : evolution.target) owned.emplace_back(contig.sequence.size(), '.');
        for (const SharedBlock& block : evolution.blocks) {
            REQUIRE(block.from.length() == block.to.length());
            std::string old_letters = part(source[rank(block.source)].sequence, block.from.begin, block.from.length());
            if (block.strand == Strand::reverse) old_letters = reverse_complement(old_letters);
            const std::string new_letters = part(evolution.target[rank(block.target)].sequence, block.to.begin, block.to.length());
            for (std::size_t i = 0; i < old_letters.size(); ++i) {
                differing += old_letters[i] != new_letters[i];
                char& owner = owned[rank(block.target)][static_cast<std::size_t>(block.to.begin) + i];
                REQUIRE(owner == '.');
                owner = 'x';
            }
        }
        CHECK(differing == evolution.changes.substitutions);
        // What no block owns was inserted, by a small change or by an event.
        std::int64_t unowned = 0;
        for (const std::string& contig : owned) unowned += std::count(contig.begin(), contig.end(), '.');
        std::int64_t novel = 0;
        for (const ArrangedContig& contig : rearrange(source, small_events(24), seed).contigs)
            for (const Piece& piece : contig.pieces) novel += piece.source ? 0 : piece.interval.length();
        CHECK(unowned == evolution.changes.inserted_bases + novel);
    }
}

TEST_CASE("the rate of changes is the divergence", "[simulate]") {
    const ChangeCounts changes = evolve_all(genome({200'000}), small_events(0), changes_of(0.02, 0.25), 3).changes;
    const auto indels = static_cast<double>(changes.insertions + changes.deletions);
    const double all = indels + static_cast<double>(changes.substitutions);
    CHECK(all / 200'000 == Approx(0.02).epsilon(0.05));
    CHECK(indels / all == Approx(0.25).epsilon(0.1));
}

TEST_CASE("ambiguous letters are kept and case is inherited", "[simulate]") {
    const std::vector<ReferenceContig> source{{"c1", std::string(2'000, 'N') + std::string(2'000, 'a')}};
    const std::string target = evolve_all(source, small_events(0), changes_of(0.2, 0), 1).target[0].sequence;
    CHECK(target.substr(0, 2'000) == source[0].sequence.substr(0, 2'000));
    CHECK(target.substr(2'000).find_first_of("ACGT") == std::string::npos);
    CHECK(target.substr(2'000).find_first_of("cgt") != std::string::npos);
    CHECK(target.size() == 4'000);
}
