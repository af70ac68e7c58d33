// The differences of many features from one reference, put together by site: how many features lie over it, how many have the
// difference, and which.
//
// Features are taken as haplotypes that are homologous to the reference. Nothing is called or judged: a difference that one feature has
// is listed, with its count.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

#include "weft/record/alignment_reader.hpp"
#include "weft/record/variant_writer.hpp"
#include "weft/report/letter_changes.hpp"

namespace weft {

struct VariantOptions {
    int least_mapq = 1;                          // alignments below are left out: their place is a guess
    std::int64_t longest = 50'000;               // bases of an insertion or deletion
    std::size_t most_variants = 10'000'000;      // more end with an error: about 150 bytes of memory each
};

/// What was collected, by kind.
struct VariantCounts {
    std::int64_t snv = 0;
    std::int64_t insertion = 0;
    std::int64_t deletion = 0;
    std::int64_t sites = 0;   // positions with one of them or several
};

class VariantCollector {
public:
    /// The reference must outlive this.
    VariantCollector(const ReferenceText& reference, const VariantOptions& options) : reference_(&reference), options_(options) {}

    /// Takes up a primary or supplementary alignment of a feature (by its rank) on a contig (by its rank). Alignments without CIGAR or
    /// letters are left out. Throws FormatError when the reference does not have the place, Error for too many variants.
    void add(std::int64_t feature, std::size_t contig, const AlignmentRecord& record);

    /// Calls take(variant) for every variant by contig, position and letters, and returns the counts.
    VariantCounts give(const std::function<void(const VariantRecord&)>& take) const;

private:
    static constexpr std::size_t most_names = 5;

    struct Key {
        std::size_t contig;
        LetterChange change;
        bool operator==(const Key&) const = default;
    };
    struct KeyHash {
        std::size_t operator()(const Key& key) const;
    };
    struct Support {
        std::int64_t features = 0;
        std::int64_t last = -1;                          // feature
        std::array<std::int64_t, most_names> first{};    // features
    };
    // Reference bases that one feature lies over.
    struct Span {
        std::size_t contig;
        std::int64_t feature;
        ReferenceInterval interval;
    };

    void add_span(std::int64_t feature, std::size_t contig, const AlignmentRecord& record);
    void add_change(std::int64_t feature, std::size_t contig, LetterChange change);

    const ReferenceText* reference_;
    VariantOptions options_;
    std::unordered_map<Key, Support, KeyHash> variants_{};
    std::unordered_map<std::int64_t, std::string> names_{};   // of features that have a variant
    std::vector<Span> spans_{};
};

}  // namespace weft
