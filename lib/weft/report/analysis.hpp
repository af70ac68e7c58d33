// Everything that tables and the report say about a file of alignments, gathered in one pass.
//
// What is kept are sums, histograms and the few rows that are shown, never the alignments: memory grows by some ten bytes with each
// feature, by some hundred where a file is sorted by place. The row of each feature goes to a file as soon as it is known.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "weft/model/reference.hpp"
#include "weft/report/depth_profile.hpp"
#include "weft/report/dot_plot.hpp"
#include "weft/report/error_profile.hpp"
#include "weft/report/feature_counts.hpp"
#include "weft/report/feature_row.hpp"
#include "weft/report/length_identity.hpp"
#include "weft/report/lost_features.hpp"
#include "weft/report/reference_text.hpp"
#include "weft/report/variant_collector.hpp"

namespace weft {

struct AnalysisOptions {
    std::string label{};                          // what the source is called; empty: the file's name without its folder
    ClassThresholds thresholds{};
    std::string tables_folder{};                  // an existing folder for features.tsv and features.json; empty: none are written
    bool letters = true;                          // read letters, for substitutions; CRAM then needs its reference
    const ReferenceText* reference = nullptr;     // letters of the reference, where the records do not bring them; may be null
    std::string cram_reference{};                 // FASTA for CRAM; empty: HTSlib's own search
    std::string variants{};                       // path of a VCF (variant_writer.hpp), which needs `letters` and `reference`; empty: none
    VariantOptions variant_options{};
    std::size_t most_segments = 50'000;           // lines of the dot plot
    std::size_t most_lost = 1'000;                // lost features that are listed
    std::function<void(std::int64_t)> progress{}; // called now and then with the number of records read
    const std::atomic<bool>* stop = nullptr;      // set by anyone: ends with Cancelled
};

/// What a filter rejected.
struct FilteredFeatures {
    struct Term {
        std::string term{};
        std::int64_t rejected = 0;
    };
    std::int64_t passed = 0;
    std::vector<Term> terms{};
};

/// A record of the input that was left out.
struct SkippedInput {
    std::string where{};    // file and line
    std::string name{};
    std::string reason{};
};

/// The accumulators stay what they are, so that tables and documents are made from one source.
struct Analysis {
    std::string label{};
    std::vector<ContigRecord> contigs{};              // of the header, then others as they appear; the ranks of depth and dot plot
    std::vector<std::int64_t> features_of_contig{};   // placed features by rank of the contig
    FeatureCounts features{};
    LengthIdentity length_identity{};
    LostFeatures lost{0};
    DepthProfile depth{};                             // this and the next two: primary and supplementary alignments
    ErrorProfile errors{};
    DotPlot dot_plot{0};
    std::optional<VariantCounts> variants{};          // when a VCF was asked for

    // Known to whoever ran the stages before, who fills them in.
    std::optional<FilteredFeatures> filtered{};
    std::vector<SkippedInput> skipped{};              // at most 1,000 of them are written out
    std::int64_t skipped_total = 0;
};

/// Reads a whole file (see AlignmentReader), once; twice when records of one query turn out to stand apart although no header said so.
/// The result depends on the file and the options alone. Throws as AlignmentReader, SystemError when a table cannot be written,
/// FormatError when the file would have to be read twice and is a pipe, UsageError for variants without reference. When it throws while
/// it reads, no table is left behind.
Analysis analyze_alignments(const std::string& path, const AnalysisOptions& options);

}  // namespace weft
