// What MultiQC takes from a run: its "custom content", JSON files that say what they hold and how it is drawn.
//
// A file is found by the end of its name, _mqc.json, and belongs to the sample that its data name: so many runs of weft stand side by
// side in one report without a module of our own. https://docs.seqera.io/multiqc/custom_content
#pragma once

#include <string>
#include <vector>

#include "weft/report/analysis.hpp"

namespace weft {

struct MultiqcFile {
    std::string name{};
    std::string content{};
};

/// weft_general_mqc.json: columns of the general statistics; weft_classes_mqc.json: bars of features by class; weft_identity_mqc.json:
/// lines of features by identity. The sample is the label of the analysis without the ending of an alignment file.
std::vector<MultiqcFile> multiqc_files(const Analysis& analysis);

}  // namespace weft
