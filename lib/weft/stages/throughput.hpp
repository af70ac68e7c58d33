// How fast features of each size were aligned, summed over the tasks of a run: what the engine itself took, whatever waited around it.
#pragma once

#include <array>
#include <mutex>

#include "weft/parallel/run_report.hpp"

namespace weft {

struct ClassThroughput {
    std::uint64_t features = 0;
    std::uint64_t bases = 0;
    double seconds = 0;   // of the threads that aligned
};

/// Thread-safe.
class Throughput {
public:
    void add(const RunReport& report) {
        const std::lock_guard lock{mutex_};
        for (std::size_t i = 0; i < size_classes; ++i) {
            classes_[i].features += report.features_by_class[i];
            classes_[i].bases += report.bases_by_class[i];
            classes_[i].seconds += report.seconds_by_class[i];
        }
    }

    std::array<ClassThroughput, size_classes> classes() const {
        const std::lock_guard lock{mutex_};
        return classes_;
    }

private:
    mutable std::mutex mutex_{};
    std::array<ClassThroughput, size_classes> classes_{};
};

}  // namespace weft
