// Small genomes and what evolution makes of them, for the tests of the simulator.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <vector>

#include "weft/simulate/arrangement.hpp"
#include "weft/simulate/mutation.hpp"
#include "weft/simulate/random.hpp"

namespace weft::test {

/// Contigs c1, c2, ... of these lengths, random but always the same.
inline std::vector<ReferenceContig> genome(std::initializer_list<std::int64_t> lengths) {
    std::vector<ReferenceContig> contigs;
    for (const std::int64_t length : lengths) {
        contigs.push_back({"c" + std::to_string(contigs.size() + 1), ""});
        Random random(99, contigs.back().name);
        while (std::ssize(contigs.back().sequence) < length) contigs.back().sequence += random.base();
    }
    return contigs;
}

struct Evolution {
    std::vector<ReferenceContig> target{};
    std::vector<SharedBlock> blocks{};
    ChangeCounts changes{};
};

inline Evolution evolve_all(const std::vector<ReferenceContig>& source, const EventOptions& events, const MutationOptions& mutations,
                     std::uint64_t seed) {
    const Arrangement arrangement = rearrange(source, events, seed);
    Evolution evolution;
    for (std::size_t i = 0; i < source.size(); ++i) {
        const EvolvedContig contig = evolve(arrangement.contigs[i], static_cast<ContigId>(i), source, mutations, seed);
        evolution.target.push_back(contig.contig);
        evolution.blocks.insert(evolution.blocks.end(), contig.blocks.begin(), contig.blocks.end());
        evolution.changes += contig.changes;
    }
    return evolution;
}

inline EventOptions small_events(int count) { return {count, 20, 300}; }

inline MutationOptions changes_of(double divergence, double indel_share = 0.12, double long_indel_share = 0.02) {
    MutationOptions options;
    options.divergence = divergence;
    options.indel_share = indel_share;
    options.long_indel_share = long_indel_share;
    return options;
}

inline std::string part(const std::string& sequence, std::int64_t begin, std::int64_t length) {
    return sequence.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(length));
}

}  // namespace weft::test
