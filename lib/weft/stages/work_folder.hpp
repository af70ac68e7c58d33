// The folder of a pipeline's work: where what stands. It can be removed at any time; then everything runs again.
#pragma once

#include <string>

namespace weft {

struct WorkFolder {
    std::string path{};

    std::string journal() const { return path + "/journal.jsonl"; }
    std::string digests() const { return path + "/digests.json"; }
    std::string events() const { return path + "/events.jsonl"; }
    std::string logs() const { return path + "/logs"; }
    std::string scratch() const { return path + "/scratch"; }
    std::string log_of(const std::string& stage) const { return logs() + "/" + stage + ".log"; }
};

}  // namespace weft
