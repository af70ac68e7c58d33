// A genome out of nothing, with what makes real ones hard: repeats, copies, gaps, soft-masking and odd letters.
//
// It lets the project, and anybody who wants to check the aligner, make test data of any size without a download.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "weft/model/reference.hpp"

namespace weft {

struct RandomGenomeOptions {
    std::int64_t length = 0;         // bases of all contigs
    double gc = 0.4;                 // share of G and C in unique sequence
    int contigs = 1;                 // chr1, chr2, ... from long to short; of three or more the last is a short scaffold
    double repeat_share = 0.15;      // of the bases: copies of dispersed families, 2 to 20 % diverged, some cut short, lower case
    double tandem_share = 0.02;      // tandem repeats of 1 to 60 base units, lower case
    double duplicate_share = 0.03;   // copies of 1 to 5 kb elsewhere on the contig, 1 to 3 % diverged, upper case
    double gap_share = 0.004;        // runs of N, 10 to 500 bases
    double odd_letter_rate = 4e-5;   // single IUPAC letters other than N, per base

    std::vector<std::string> problems() const;
};

/// Makes the genome of this seed. Contigs draw their own random streams, so that more contigs change earlier ones only in length.
std::vector<ReferenceContig> make_random_genome(const RandomGenomeOptions& options, std::uint64_t seed);

}  // namespace weft
