// CIGAR: how a query runs along a reference, as runs of one operation.
//
// The engine always works with the exact form (= and X instead of M); the writers merge them to M unless asked not to.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace weft {

/// Operations with the numbers of the BAM format (SAM specification, section 4.2).
enum class CigarOp : std::uint8_t {
    match_or_mismatch = 0,   // M
    insertion = 1,           // I, bases of the query that the reference lacks
    deletion = 2,            // D, bases of the reference that the query lacks
    skip = 3,                // N, an intron
    soft_clip = 4,           // S
    hard_clip = 5,           // H
    padding = 6,             // P
    match = 7,               // =
    mismatch = 8,            // X
};

constexpr char symbol(CigarOp op) { return "MIDNSHP=X"[static_cast<int>(op)]; }
constexpr bool consumes_query(CigarOp op) { return (0b1'1001'0011 >> static_cast<int>(op)) & 1; }
constexpr bool consumes_reference(CigarOp op) { return (0b1'1000'1101 >> static_cast<int>(op)) & 1; }

/// `length` bases of one operation; length >= 1, below 2^28 (the BAM limit).
struct CigarElement {
    std::uint32_t length = 0;
    CigarOp op = CigarOp::match;
    bool operator==(const CigarElement&) const = default;
};

using Cigar = std::vector<CigarElement>;

/// Appends an operation, merging it into the last element when that has the same operation; nothing for length 0.
inline void append(Cigar& cigar, CigarOp op, std::uint32_t length) {
    if (length == 0) return;
    if (!cigar.empty() && cigar.back().op == op)
        cigar.back().length += length;
    else
        cigar.push_back({length, op});
}

/// Bases of the query (clips of the soft kind included) and of the reference that a CIGAR covers.
std::int64_t query_length(std::span<const CigarElement> cigar);
std::int64_t reference_length(std::span<const CigarElement> cigar);

/// The same alignment with = and X merged into M.
Cigar with_merged_matches(std::span<const CigarElement> cigar);

/// Text form, for example "12=1X7="; "*" when empty.
std::string to_string(std::span<const CigarElement> cigar);

}  // namespace weft
