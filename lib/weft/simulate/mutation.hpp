// The small changes of evolution, and the blocks that remember where every base went.
//
// Each piece of a contig draws its own random stream, named by contig and piece: contigs can be evolved one at a time, in
// any order or in parallel, and the memory needed is one contig.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "weft/model/coordinates.hpp"
#include "weft/model/reference.hpp"
#include "weft/simulate/arrangement.hpp"

namespace weft {

struct MutationOptions {
    double divergence = 0.01;        // changes per base: substitutions, insertions and deletions together
    double indel_share = 0.12;       // share of the changes that are insertions or deletions, half and half
    double long_indel_share = 0.02;  // share of the indels that are long
    int longest_indel = 400;         // bases of the longest long indel; long ones begin at 30

    std::vector<std::string> problems() const;
};

/// Bases that source and target share one to one (substitutions included); maximal between two indels.
struct SharedBlock {
    ContigId source{};
    SourceInterval from{};
    ContigId target{};
    ReferenceInterval to{};
    Strand strand = Strand::forward;   // of the source on the target
    std::uint32_t piece = 0;           // blocks of one piece share a number; numbers are unique within a target contig

    bool operator==(const SharedBlock&) const = default;
};

/// What happened to the bases. Sums over contigs by adding.
struct ChangeCounts {
    std::int64_t substitutions = 0;
    std::int64_t insertions = 0;
    std::int64_t deletions = 0;
    std::int64_t inserted_bases = 0;
    std::int64_t deleted_bases = 0;

    ChangeCounts& operator+=(const ChangeCounts& other);
};

struct EvolvedContig {
    ReferenceContig contig{};
    std::vector<SharedBlock> blocks{};   // in target order
    ChangeCounts changes{};
};

/// Writes the letters of an arranged contig with small changes. Ambiguous letters are copied, never substituted; a substituted
/// or inserted base takes the case of the base it replaces or follows. A substitution is a transition every second time.
EvolvedContig evolve(const ArrangedContig& arranged, ContigId target, std::span<const ReferenceContig> source,
                     const MutationOptions& options, std::uint64_t seed);

}  // namespace weft
