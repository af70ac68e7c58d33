// One feature with its answers, made ready to be written: what its records have in common is worked out once.
#pragma once

#include <string>
#include <vector>

#include "weft/model/alignment.hpp"
#include "weft/model/feature.hpp"
#include "weft/record/kept_fields.hpp"
#include "weft/record/oriented_feature.hpp"
#include "weft/record/record_context.hpp"

namespace weft {

/// Working memory of an encoder, refilled feature by feature. Not to be shared between threads.
class RecordSource {
public:
    explicit RecordSource(const RecordContext& context) : context_(context) {}

    /// Feature and result must stay where they are until the next call.
    void assign(const Feature& feature, const FeatureAlignments& result);

    const RecordContext& context() const { return context_; }
    const Feature& feature() const { return *feature_; }
    const FeatureAlignments& result() const { return *result_; }
    OrientedFeature& oriented() { return oriented_; }
    const KeptFields& kept() const { return kept_; }

    /// The name as it is written; * for an empty one.
    std::string_view name() const { return feature_->name.empty() ? std::string_view("*") : std::string_view(feature_->name); }
    /// Throws FormatError for a name that SAM, BAM and CRAM cannot hold.
    void check_sam_name() const;

    /// Whether an alignment is one of several primary and supplementary ones, and the value of its SA tag: the others.
    bool has_other_parts(std::size_t alignment) const;
    void append_other_parts(std::size_t alignment, std::string& text) const;

private:
    void collect_parts();

    const RecordContext& context_;
    const Feature* feature_ = nullptr;
    const FeatureAlignments* result_ = nullptr;
    OrientedFeature oriented_{};
    KeptFields kept_{};
    std::string parts_{};                   // SA entries of all primary and supplementary alignments
    std::vector<std::size_t> part_end_{};   // end of the entry of alignment i; equal to the one before for secondary alignments
    std::size_t part_count_ = 0;
};

}  // namespace weft
