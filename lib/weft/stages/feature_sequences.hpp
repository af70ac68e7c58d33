// Features of an annotation as sequences: each line of the wanted types becomes the letters that it spans, in its own direction.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "weft/model/feature.hpp"
#include "weft/stages/skipped_items.hpp"

namespace weft {

struct AnnotationOptions {
    std::string annotation{};              // GFF3
    std::string genome{};                  // FASTA, read whole
    std::vector<std::string> types{};      // empty: lines without Parent, but for those that span a whole contig (region, chromosome)
    std::string name_from = "ID";          // attribute; a line without it is named TYPE:CONTIG:BEGIN-END (1-based, as in the file)
};

/// Streams the features of a GFF3 in the order of its lines. A name that comes again gets ":2", ":3" … behind it, as the parts of a
/// discontinuous feature do, so that no two names are the same. Not thread-safe.
class AnnotationFeatures {
public:
    explicit AnnotationFeatures(const AnnotationOptions& options);
    ~AnnotationFeatures();

    /// The next feature, or false at the end. Throws FormatError with file:line for a line that is malformed, lies on an unknown contig
    /// or leaves its contig; the next call goes on behind that line. In the last two cases `feature` has its name.
    bool read(Feature& feature);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace weft
