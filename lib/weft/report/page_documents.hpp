// The two JSON documents behind the report page as values: what was found (analysis) and how it was made (run).
//
// docs/report-data.md describes them. They are read here once, with every inconsistency named, so that the code that writes the page
// may trust its input. What a document leaves out is zero, empty or nullopt.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace weft {

using CountOfLength = std::pair<std::int64_t, std::int64_t>;   // a length in bases, and how often it occurs

struct AnalysisDocument {
    struct FeatureCounts {
        std::int64_t total = 0, placed = 0, lost = 0;
        std::int64_t bases = 0, aligned_bases = 0;
        std::int64_t secondary = 0, supplementary = 0;   // records
    };
    struct Average {
        std::optional<double> median{}, mean{};   // 0 to 1, over the placed features
    };
    struct ClassCount {
        std::string word{};
        std::int64_t features = 0;
        std::vector<std::int64_t> by_size{};   // one per size class
    };
    struct SizeClassFigures {
        std::string name{};
        std::int64_t features = 0, placed = 0, bases = 0;
        std::optional<double> identity_mean{};
    };
    struct ReasonCount {
        std::string reason{};
        std::int64_t features = 0;
    };
    struct Histogram {
        std::vector<double> edges{};   // one more than bins
        std::vector<std::int64_t> counts{};
        std::int64_t total() const;
    };
    struct Density {
        std::vector<double> length_edges{}, identity_edges{};
        std::vector<std::vector<std::int64_t>> counts{};   // a row per bin of identity
    };
    struct ContigDepth {
        std::string contig{};
        std::int64_t length = 0, bin = 0;   // bases
        std::vector<double> mean{};         // per bin
    };
    struct Substitution {
        char reference = 'N', query = 'N';
        std::int64_t count = 0;
    };
    struct Errors {
        std::vector<Substitution> substitutions{};   // empty when the letters are not known
        std::int64_t mismatches = 0, insertions = 0, inserted_bases = 0, deletions = 0, deleted_bases = 0;
        std::optional<double> mismatches_per_kilobase{}, insertions_per_kilobase{}, deletions_per_kilobase{};
        std::vector<CountOfLength> insertion_lengths{}, deletion_lengths{}, left_clipped{}, right_clipped{};
    };
    struct Axis {
        std::string name{};
        std::int64_t length = 0, offset = 0;
    };
    struct Segment {
        std::int64_t query_begin = 0, query_end = 0, reference_begin = 0, reference_end = 0;   // offsets included
        int strand = 1;
        double identity = 0;
    };
    struct DotPlot {
        std::vector<Axis> queries{}, contigs{};
        std::vector<Segment> segments{};
        std::int64_t shown = 0, total = 0;
    };
    struct RejectingTerm {
        std::string term{};
        std::int64_t rejected = 0;
    };
    struct Filtered {
        std::int64_t passed = 0;
        std::vector<RejectingTerm> terms{};
    };
    struct SkippedInput {
        std::string where{}, name{}, reason{};
    };
    struct LostFeature {
        std::string name{}, feature_class{}, reason{};
        std::int64_t length = 0;
    };
    struct Variants {
        std::int64_t snv = 0, insertion = 0, deletion = 0, sites = 0;
    };

    std::string label{};
    FeatureCounts features{};
    Average identity{}, coverage{};
    std::vector<ClassCount> classes{};
    std::vector<SizeClassFigures> size_classes{};
    std::vector<ReasonCount> lost_reasons{};
    std::vector<std::int64_t> mapq{};   // by value, 0 to 60
    std::int64_t mapq_unknown = 0;
    Histogram identity_histogram{}, coverage_histogram{}, length_histogram{}, gap_histogram{};
    Density length_identity{};
    std::vector<ContigDepth> depth{};
    std::optional<Errors> errors{};
    DotPlot dot_plot{};
    std::optional<Filtered> filtered{};
    std::vector<SkippedInput> inputs_skipped{};
    std::int64_t inputs_skipped_total = 0;
    std::vector<LostFeature> lost_features{};
    std::int64_t lost_features_total = 0;
    std::optional<Variants> variants{};

    /// Features of a class; 0 when there are none.
    std::int64_t features_of(std::string_view class_word) const;
};

struct RunDocument {
    struct Stage {
        std::string name{}, kind{}, status{};   // done, reused, failed, skipped, cancelled, waiting
        std::vector<std::string> needs{};
        std::optional<double> ready_ms{}, begin_ms{}, end_ms{};
        std::int64_t attempts = 0, sub_tasks = 0;
        bool critical = false;
        std::string reason{}, cause{}, rerun{};
        std::vector<std::string> log_tail{};
    };
    struct SlowTask {
        std::string name{};
        double ms = 0;
    };
    struct Throughput {
        std::string size_class{};
        std::int64_t features = 0, bases = 0;
        double seconds = 0;
    };
    struct RunningSample {
        double ms = 0;
        std::int64_t tasks = 0;
    };
    struct ResourceSample {
        double ms = 0, cpu_percent = 0;
        std::int64_t memory = 0;
    };
    struct Failure {
        std::string stage{}, feature{}, reason{}, where{};
    };
    struct Setting {
        std::string key{}, value{}, origin{};
    };
    struct Input {
        std::string name{}, path{}, digest{};
        std::int64_t bytes = 0;
    };

    std::string pipeline{}, status{}, command{}, started{};
    std::optional<int> exit_code{};
    std::optional<double> wall_ms{};
    std::int64_t threads = 0, memory_budget = 0, peak_memory = 0, tasks_total = 0;
    std::vector<Stage> stages{};
    std::int64_t tasks_shown = 0;   // the tasks themselves are drawn by the page's script
    std::vector<SlowTask> slowest{};
    std::vector<RunningSample> running{};
    std::vector<ResourceSample> resources{};
    std::vector<Throughput> throughput{};
    std::vector<Failure> failures{};
    std::int64_t failures_total = 0;
    std::vector<Setting> config{};
    std::vector<Input> inputs{};
    std::vector<std::pair<std::string, std::string>> versions{};
};

/// Throw FormatError naming the document, the place and the fault.
AnalysisDocument read_analysis_document(std::string_view json);
RunDocument read_run_document(std::string_view json);

}  // namespace weft
