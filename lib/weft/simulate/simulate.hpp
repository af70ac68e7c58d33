// Makes a test set whose answer is known: an evolved genome, features and reads of the original, and where each of them lies now.
//
// source genome (given, or random) -> large events -> small changes -> target; features and reads are cut from the source,
// and the blocks that evolution kept tell their place on the target. A set is a function of its options and its seed.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "weft/simulate/arrangement.hpp"
#include "weft/simulate/feature_sites.hpp"
#include "weft/simulate/mutation.hpp"
#include "weft/simulate/random_genome.hpp"
#include "weft/simulate/sequencer.hpp"

namespace weft {

struct SimulateOptions {
    std::string genome{};                              // FASTA of the source; or
    std::optional<RandomGenomeOptions> random{};       // what to make it of
    EventOptions events{};
    MutationOptions mutations{};
    std::string annotation{};                          // GFF3 on the source; empty: none
    std::vector<std::string> kinds{"gene"};            // GFF3 types that become features
    WindowOptions windows{};
    std::int64_t shortest = 50;                        // bases; shorter annotated features are left out
    int absent = 0;                                    // features that occur nowhere
    ReadOptions reads{};
    std::uint64_t seed = 1;

    /// Every fault, one sentence each, named as on the command line; empty when all is fine.
    std::vector<std::string> problems() const;
};

/// What was made.
struct SimulateReport {
    std::size_t contigs = 0;
    std::int64_t source_bases = 0;
    std::int64_t target_bases = 0;
    std::array<std::int64_t, event_kinds> events{};
    ChangeCounts changes{};
    std::int64_t features = 0;
    std::int64_t feature_bases = 0;
    std::array<std::int64_t, 3> features_by_presence{};   // by Presence
    std::int64_t annotation_left_out = 0;                  // lines of the wanted kinds that became no feature: too short
    std::int64_t windows_left_out = 0;                     // windows without a place
    std::int64_t reads = 0;
    std::int64_t read_bases = 0;
    std::vector<std::string> files{};                      // paths, in the order of their making
};

/// The files that `simulate` will write or replace, for a check against what is read.
std::vector<std::string> set_files(const SimulateOptions& options, const std::string& directory);

/// Writes into `directory` (made when missing):
///   source.fa     the source genome, when it is a random one
///   target.fa     the evolved genome
///   blocks.tsv    what they share: source contig, begin, end, target contig, begin, end, strand
///   features.fa   sequences cut from the source, on their own strand
///   truth.tsv     where they lie on the target (see truth_line)
///   reads.fq, reads.truth.tsv   when reads are asked for
/// Files appear at the end, when all of them are complete. Throws UsageError that lists every problem of the options, FormatError for
/// malformed input, SystemError. The genomes are held in memory.
SimulateReport simulate(const SimulateOptions& options, const std::string& directory);

}  // namespace weft
