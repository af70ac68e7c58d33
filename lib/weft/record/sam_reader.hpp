// Reads the reads in SAM, BAM and CRAM, as if they had never been aligned.
//
// One record per read: secondary and supplementary records repeat (parts of) a primary one. Reverse-strand records hold the
// reverse complement of the read and are turned back.
#pragma once

#include "weft/record/feature_file.hpp"
#include "weft/record/sam_file.hpp"

namespace weft {

/// Features of an alignment file. Throws FormatError for files without their end marker, as soon as that can be known.
class SamReader final : public FeatureFile {
public:
    /// Takes over an input whose content is SAM, BAM or CRAM, and reads its header.
    SamReader(InputFile file, const InputOptions& options);

    bool read(Feature& feature) override;
    std::uint64_t bytes_done() const override;
    std::vector<std::string> read_groups() const override;

private:
    void copy_qualities(Feature& feature) const;
    void copy_tags(Feature& feature) const;

    SamFile file_;
    bool keep_tags_;
};

}  // namespace weft
