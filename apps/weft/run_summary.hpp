// What is printed when a run is over: one screen, on standard error.
#pragma once

#include <cstdint>
#include <string>

#include "weft/parallel_aligner.hpp"

namespace weft {

/// Measures of the whole process beside the counts of the run.
struct RunMeasures {
    double seconds = 0;       // wall time since the start of the command
    double cpu_seconds = 0;   // of all threads
    int threads = 0;
    std::uint64_t private_bytes = 0;   // peak
    std::uint64_t shared_bytes = 0;    // mapped files in memory at the end
};

/// Several lines, the last one ended.
std::string summary_text(const RunReport& report, const SizeClassTable& classes, const RunMeasures& measures);

/// CPU seconds that this process has used.
double cpu_seconds();

}  // namespace weft
