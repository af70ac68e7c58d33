// Reads FASTQ strictly: header, letters, '+', qualities; letters and qualities may be wrapped.
//
// A quality line may begin with '@' or '+', so nothing but the count of characters says where a record ends (Cock et al.
// 2010, Nucleic Acids Research 38:1767). When the count is off, the file is damaged, and guessing the next header would pair
// letters with the qualities of other reads.
#pragma once

#include "weft/bytes/line_reader.hpp"
#include "weft/record/feature_file.hpp"

namespace weft {

/// Features of a FASTQ text, qualities as phred + 33 letters. Letters and qualities may be wrapped; blank lines between
/// records are passed over.
class FastqReader final : public FeatureFile {
public:
    explicit FastqReader(LineReader lines) : lines_(std::move(lines)) {}

    bool read(Feature& feature) override;
    /// Looks for a line that begins with '@' with letters, or any one line, and a '+' line behind it, from the line behind the bad
    /// record's header on.
    bool skip_record() override;
    std::uint64_t bytes_done() const override { return lines_.bytes_done(); }

private:
    bool at_record();
    void read_letters(Feature& feature);
    void check_repeated_header(std::string_view plus_line, const Feature& feature) const;
    void read_qualities(Feature& feature);
    [[noreturn]] void refuse(const std::string& problem) const;
    [[noreturn]] void refuse_truncated(const Feature& feature, const std::string& missing) const;

    LineReader lines_;
};

}  // namespace weft
