// The run as the report page reads it: one JSON document ("weft_run": 1) with stages, tasks, curves, failures and configuration.
//
// The event log knows what happened; what it was made of (configuration, inputs, versions, bases per second) the caller knows and
// passes in as plain values. The same log and values give the same bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "weft/executor/run_events.hpp"

namespace weft {

struct RunDocumentParts {
    struct Setting {
        std::string key{};
        std::string value{};
        std::string origin{};             // "file", "preset", "--set"
    };
    struct Input {
        std::string name{};
        std::string path{};
        std::string digest{};
        std::uint64_t bytes = 0;
    };
    struct Throughput {
        std::string size_class{};
        std::uint64_t features = 0;
        std::uint64_t bases = 0;
        double seconds = 0;               // CPU time of alignment
    };
    struct LostFeature {
        std::string stage{};
        std::string feature{};
        std::string reason{};
        std::string where{};              // "genes.fq:1203"
    };

    std::string rerun{};                  // what a failed stage is tried again with: "weft run yeast.yaml"
    std::vector<Setting> config{};
    std::vector<Input> inputs{};
    std::vector<std::pair<std::string, std::string>> versions{};   // of weft and its libraries
    std::vector<Throughput> throughput{};
    std::vector<LostFeature> failures{};                           // that stages booked themselves, beside the tasks that failed
    std::uint64_t further_failures = 0;                            // that are not in the list
};

/// The document, without a line end. Lists are cut as its description says: 5,000 tasks (the longest), 1,000 failures, 5,000 points.
std::string run_json(const RunEvents& run, const RunDocumentParts& parts);

}  // namespace weft
