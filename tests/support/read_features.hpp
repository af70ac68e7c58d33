// Features of files as lines of text, for comparing.
#pragma once

#include <sys/stat.h>

#include <fstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "weft/record/feature_reader.hpp"

namespace weft::test {

/// "name|comment|sequence|qualities" of every feature.
inline std::vector<std::string> features_of(const std::vector<std::string>& paths, const InputOptions& options = {}) {
    FeatureReader reader(paths, options);
    std::vector<std::string> all;
    Feature feature;
    feature.name = feature.comment = feature.sequence = feature.qualities = feature.tags = "left over";   // must not shine through
    while (reader.read(feature)) {
        if (feature.number != all.size()) throw std::logic_error("wrong number of " + feature.name);
        all.push_back(feature.name + "|" + feature.comment + "|" + feature.sequence + "|" + feature.qualities);
    }
    if (reader.read(feature)) throw std::logic_error("a feature behind the end");
    return all;
}

/// A named pipe at `path` into which `content` is written once, from another thread. Its reader must read it to the end.
class FilledPipe {
public:
    FilledPipe(const std::string& path, std::string content) {
        if (::mkfifo(path.c_str(), 0600) != 0) throw std::runtime_error("cannot create " + path);
        writer_ = std::jthread([path, content = std::move(content)] { std::ofstream(path, std::ios::binary) << content; });
    }

private:
    std::jthread writer_;
};

}  // namespace weft::test
