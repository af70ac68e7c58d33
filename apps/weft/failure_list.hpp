// The list of features that failed: a table beside the output, so that nobody has to look for them in it.
#pragma once

#include <span>
#include <string>

#include "weft/parallel/run_report.hpp"

namespace weft {

/// Where the list of an output lies unless another place is named: OUTPUT.failures.tsv; empty for standard output, pipes and devices.
std::string usual_failure_list(const std::string& output);

/// Writes the list, also an empty one.
void write_failure_list(const std::string& path, std::span<const FailedFeature> failures);

/// Removes the list of an earlier run, which would seem to belong to the new output. Anything else of that name stays.
void remove_failure_list(const std::string& path);

}  // namespace weft
