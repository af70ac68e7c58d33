// A pipeline as its file, the environment and the command line describe it: complete, typed and checked.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "weft/pipeline/problem.hpp"
#include "weft/pipeline/settings.hpp"

namespace weft {

struct StageConfig {
    std::string name{};                 // "lift[SK1]"
    std::string base{};                 // "lift", as in the file
    std::string key{};                  // "SK1"; empty without `foreach`
    std::string kind{};                 // stage kind, `stage:` in the file
    int kind_version = 1;
    std::string file{};                 // for messages
    TextPosition position{};
    std::vector<std::string> needs{};   // names of stages, those of a `foreach` one by one
    std::vector<std::string> outputs{}; // names that others may refer to
    Settings settings{};
};

struct Pipeline {
    std::string file{};                   // as given, for messages
    std::filesystem::path folder{};       // of the file: what its relative paths start from
    std::string name{};
    int threads = 0;                      // 0: as many as the machine has
    std::optional<ByteSize> memory{};     // none: as much as the machine has
    std::filesystem::path work{};
    std::filesystem::path out{};
    std::string on_error{};
    CountMap limits{};
    Settings settings{};                  // all of the above with their origins
    std::vector<StageConfig> stages{};    // in the order of the file, those of a `foreach` in the order of its items
    std::vector<std::size_t> order{};     // indices of stages, each after all that it needs
    std::vector<ConfigProblem> warnings{};
};

}  // namespace weft
