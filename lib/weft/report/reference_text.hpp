// Letters of a reference by contig name, whether it comes as a FASTA or as an index.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "weft/model/coordinates.hpp"
#include "weft/model/reference.hpp"

namespace weft {

class ReferenceText {
public:
    /// A FASTA is read whole, in the case of the file; an index is mapped, its letters are upper case. Told by content. Throws
    /// as read_reference and Index::open do.
    static ReferenceText open(const std::string& path);

    /// In the order of the reference. MD5 sums are left empty.
    std::span<const ContigRecord> contigs() const { return contigs_; }

    /// Letters of an interval. Throws FormatError when the reference has no such contig or it is shorter.
    std::string letters(std::string_view contig, ReferenceInterval interval) const;

    /// Bases of a contig. Throws FormatError when the reference does not have it.
    std::int64_t length(std::string_view contig) const;

    /// Whether it is a FASTA: CRAM files need one to be decoded.
    bool is_fasta() const { return is_fasta_; }

private:
    ReferenceText() = default;
    static ReferenceText opened(const std::string& path);   // all but the ranks
    std::size_t rank_of(std::string_view contig) const;

    std::string path_{};
    bool is_fasta_ = false;
    std::vector<ContigRecord> contigs_{};
    std::unordered_map<std::string, std::size_t> ranks_{};   // by name, into contigs_
    std::function<std::string(std::size_t, ReferenceInterval)> read_{};   // owns what it reads from
};

}  // namespace weft
