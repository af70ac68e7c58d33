// Reads FASTA: a header line, then letters over any number of lines.
#pragma once

#include "weft/bytes/line_reader.hpp"
#include "weft/record/feature_file.hpp"

namespace weft {

/// Features of a FASTA text. Lines may be of any length, blank ones are passed over; a header without letters is a feature of
/// 0 bases.
class FastaReader final : public FeatureFile {
public:
    explicit FastaReader(LineReader lines) : lines_(std::move(lines)) {}

    bool read(Feature& feature) override;
    bool skip_record() override;
    std::uint64_t bytes_done() const override { return lines_.bytes_done(); }

    const std::string& name() const { return lines_.name(); }
    /// Line of the header that was read last.
    std::uint64_t header_line() const { return header_line_; }

private:
    void read_sequence_line(std::string& sequence);

    LineReader lines_;
    std::uint64_t header_line_ = 0;
};

}  // namespace weft
