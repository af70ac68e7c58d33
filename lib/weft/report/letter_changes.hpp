// The differences of one alignment, each as VCF writes it: letters of the reference, letters of the feature, and one position.
//
// An insertion or deletion inside a repeat can be written in many places. Each is moved to the left as far as the reference allows,
// whatever the aligner did, and gets the base in front of it: so one difference has one form, and features that share it agree (Tan,
// Abecasis & Kang 2015, "Unified representation of genetic variants").
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "weft/model/coordinates.hpp"
#include "weft/record/alignment_reader.hpp"
#include "weft/report/reference_text.hpp"

namespace weft {

/// One difference. A base in exchange, or an insertion or deletion with its neighbouring base.
struct LetterChange {
    std::int64_t position = 0;   // 0-based, of the first letter of `reference`
    std::string reference{};
    std::string alternative{};

    bool operator==(const LetterChange&) const = default;
};

/// Letters of one contig, upper case, fetched in stretches as they are asked for.
class ContigLetters {
public:
    /// The reference must outlive this. Throws FormatError when it does not have the contig.
    ContigLetters(const ReferenceText& reference, std::string contig);

    const std::string& contig() const { return contig_; }
    std::int64_t length() const { return length_; }
    /// The letter at a position of the contig. Throws FormatError outside.
    char at(std::int64_t position);

private:
    const ReferenceText* reference_;
    std::string contig_;
    std::int64_t length_;
    ReferenceInterval loaded_{};
    std::string letters_{};
};

/// The differences of an aligned record with a CIGAR, in the order of the alignment. `query` holds its aligned letters along the forward
/// reference. Those with other letters than A, C, G and T, and those longer than `longest` bases, are left out.
std::vector<LetterChange> letter_changes(const AlignmentRecord& record, std::string_view query, std::int64_t longest,
                                         ContigLetters& letters);

}  // namespace weft
