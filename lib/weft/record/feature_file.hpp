// One open input of features, whatever its format. Internal to record/: the public door is FeatureReader.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "weft/bytes/input_file.hpp"
#include "weft/model/feature.hpp"
#include "weft/record/feature_reader.hpp"

namespace weft {

/// Reads the features of one file in order. Not thread-safe.
class FeatureFile {
public:
    virtual ~FeatureFile() = default;

    /// Next feature, or false at the end. Fills every member but `number`, and reuses the capacity of its strings. Throws
    /// FormatError with file and line (or record), SystemError.
    virtual bool read(Feature& feature) = 0;

    /// After `read` has thrown for a record's content: goes on to where the next record begins, so that `read` can be called again.
    /// False: in this format nobody can tell where that is.
    virtual bool skip_record() { return false; }

    /// Bytes of the file consumed so far.
    virtual std::uint64_t bytes_done() const = 0;

    /// @RG lines of the file's header.
    virtual std::vector<std::string> read_groups() const { return {}; }
};

/// Tells the format of an input by its content and gives the reader for it. Throws FormatError for an empty input or one
/// that holds no features, saying what it looks like instead.
std::unique_ptr<FeatureFile> open_features(InputFile file, const InputOptions& options);

}  // namespace weft
