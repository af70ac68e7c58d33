// A reference as the layers that know no index see it: where it came from, its contigs, and its letters on request.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "weft/model/coordinates.hpp"

namespace weft {

/// One sequence of a reference, as a reader gives it and the index builder takes it.
struct ReferenceContig {
    std::string name{};
    std::string sequence{};   // IUPAC letters in any case
};

/// The file a reference came from; recorded in an index so that it is only used with exactly that file.
struct ReferenceSource {
    std::string path{};           // as given
    std::uint64_t bytes = 0;      // length of the file
    std::uint64_t checksum = 0;   // XXH3 (64 bit) of the file's bytes
};

/// What an @SQ line says of a contig. `contigs[i]` of a dictionary is ContigId i.
struct ContigRecord {
    std::string name{};
    std::int64_t length = 0;
    std::string md5{};   // 32 hex digits over the upper-case sequence
};

/// Writes the upper-case letters of an interval of a contig into a span of the interval's length. Thread-safe.
using ReferenceLetters = std::function<void(ContigId, ReferenceInterval, std::span<char>)>;

}  // namespace weft
