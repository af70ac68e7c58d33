// Five tasks in a row, each a function of the results before it: load_data, parse, filter, analyze, visualize. The executor runs them,
// and whatever else does not wait for them, with all threads; `analyze` splits into sub-tasks.
//     five_stages genome.fa genes.fa
#include <algorithm>
#include <array>
#include <atomic>
#include <iostream>
#include <memory>
#include <string>
#include <vector>
#include <weft/executor/hierarchical_executor.hpp>
#include <weft/parallel_aligner.hpp>

using Features = std::vector<weft::Feature>;
using Identities = std::array<std::atomic<int>, 11>;   // features by identity: 0 to 10 %, ..., 100 %; a copy would be costly: shared

struct Loaded {
    std::shared_ptr<const weft::Index> genome;
    std::string features;
};

int main(int argc, char** argv) try {
    if (argc != 3) throw weft::UsageError({"five_stages", "give a genome and a file of features", ""});
    const std::string genome = argv[1];
    const std::string genes = argv[2];

    weft::HierarchicalExecutor executor;
    executor.add("load_data", [&](weft::TaskContext&) {
        return Loaded{std::make_shared<weft::Index>(weft::Index::build(weft::read_reference(genome).contigs)), genes};
    });
    executor.add(
        "parse",
        [](weft::TaskContext& task) {
            weft::FeatureReader reader({task.input<Loaded>("load_data").features});
            Features features;
            for (weft::Feature feature; reader.read(feature);) features.push_back(feature);
            return features;
        },
        {"load_data"});
    executor.add(
        "filter",
        [](weft::TaskContext& task) {
            Features features = task.input<Features>("parse");
            std::erase_if(features, [](const weft::Feature& feature) { return feature.length() < 100; });
            return features;
        },
        {"parse"});
    executor.add(
        "analyze",
        [](weft::TaskContext& task) {
            const Features& features = task.input<Features>("filter");
            const auto aligner = std::make_shared<weft::ParallelAligner>(*task.input<Loaded>("load_data").genome);
            const auto counts = std::make_shared<Identities>();
            constexpr std::size_t chunk = 50;
            for (std::size_t begin = 0; begin < features.size(); begin += chunk)
                task.spawn("features from " + std::to_string(begin), [&features, aligner, counts, begin](weft::TaskContext& part) {
                    for (std::size_t i = begin; i < std::min(begin + chunk, features.size()); ++i) {
                        part.cancel().throw_if_requested();
                        const weft::FeatureAlignments found = aligner->align(features[i]);
                        if (!found.aligned()) continue;
                        const weft::Alignment& best = found.alignments.front();
                        ++(*counts)[static_cast<std::size_t>(10 * best.matches / best.columns())];
                    }
                });
            return counts;   // complete when the sub-tasks have ended: nobody sees it before
        },
        {"load_data", "filter"});
    executor.add(
        "visualize",
        [](weft::TaskContext& task) {
            const Identities& counts = *task.input<std::shared_ptr<Identities>>("analyze");
            for (std::size_t i = 0; i < counts.size(); ++i)
                std::cout << i * 10 << " %\t" << counts[i] << '\t' << std::string(static_cast<std::size_t>(counts[i]) / 4, '#') << '\n';
        },
        {"analyze"});

    const weft::ExecutionReport report = executor.execute();
    report.rethrow();   // what the first failed task threw, if one failed
    return report.exit_code();
} catch (const weft::Error& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
