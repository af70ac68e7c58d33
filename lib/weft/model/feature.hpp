// A feature: one named sequence that is to be aligned (gene, transcript, exon, probe, contig, read).
#pragma once

#include <cstdint>
#include <functional>
#include <string>

namespace weft {

/// One query as it was read. Plain value; owns its bytes.
struct Feature {
    std::string name{};        // up to the first white space of the header
    std::string comment{};     // the rest of the header line, without the white space between
    std::string sequence{};    // IUPAC letters in the case of the input, in the direction the sequencer or author gave
    std::string qualities{};   // phred + 33 letters, as long as the sequence; empty when the input has none
    std::string tags{};        // optional fields of SAM/BAM/CRAM input in BAM encoding; empty when there are none
    std::uint64_t number = 0;  // rank in the input, over all files, from 0

    std::int64_t length() const { return static_cast<std::int64_t>(sequence.size()); }
};

/// Gives the next feature, or false at the end. Called from one thread at a time.
using FeatureSource = std::function<bool(Feature&)>;

}  // namespace weft
