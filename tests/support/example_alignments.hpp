// Made-up references, features and alignments for tests of the writers, and ways to look at what was written.
//
// Counts and = / X are derived here letter by letter from the sequences, independently of the engine.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "weft/model/alignment.hpp"
#include "weft/model/feature.hpp"
#include "weft/model/reference.hpp"
#include "weft/record/alignment_writer.hpp"

namespace weft::test {

struct ExampleReference {
    std::vector<ReferenceContig> contigs{};

    ReferenceLetters letters() const;
    OutputHeader header() const;
    /// Writes a FASTA with lines of 60 letters and returns its path.
    std::string write_fasta(const std::string& path) const;
};

/// A CIGAR from its text: "3=1X".
Cigar cigar_of(std::string_view text);

/// Contigs c1, c2, ... with a few IUPAC letters and N runs.
ExampleReference random_reference(std::uint32_t seed, int contigs, int length);

struct ExampleRun {
    std::vector<Feature> features{};
    std::vector<FeatureAlignments> results{};
};

/// An alignment of `feature` bases [begin, end) by a CIGAR of M, I, D and N, on the given strand, starting at `position`.
/// M is resolved to = and X, and every count is filled in.
Alignment example_alignment(const ExampleReference& reference, const Feature& feature, ContigId contig, Strand strand,
                            std::int64_t position, QueryInterval query, const Cigar& cigar);

/// Features of one to three parts, with secondary alignments, unaligned ones, odd letters, qualities, comments and tags.
ExampleRun random_run(const ExampleReference& reference, std::uint32_t seed, int features);

/// Encodes and writes a run in batches of `batch` features and closes the writer.
void write_run(const std::string& path, const OutputOptions& options, const ExampleReference& reference, const ExampleRun& run,
               std::size_t batch = 7);

/// Records of a SAM, BAM or CRAM file as HTSlib reads them, as SAM lines. `fasta` is the reference for CRAM.
std::vector<std::string> records_of(const std::string& path, const std::string& fasta = "");
/// Header text of such a file.
std::string header_of(const std::string& path);
/// Lines of a text file; those of a SAM without its header when `records_only`.
std::vector<std::string> lines_of(const std::string& path, bool records_only = false);
/// Tab-separated columns of a line.
std::vector<std::string> columns_of(const std::string& line);

/// Standard output of a shell command; throws when it fails.
std::string output_of(const std::string& command);
/// Whether a program is installed.
bool installed(const std::string& program);

}  // namespace weft::test
