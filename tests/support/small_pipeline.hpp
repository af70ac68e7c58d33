// A pipeline on a genome of some kilobases, in a folder of its own: written, read as `weft run` reads it, and run in this process.
#pragma once

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "support/small_genome.hpp"
#include "support/temporary_folder.hpp"
#include "weft/pipeline/read_pipeline.hpp"
#include "weft/stages/run_pipeline.hpp"
#include "weft/stages/stage_kinds.hpp"

namespace weft::test {

/// "load:done parse:reused align:failed", sorted by name.
inline std::string ends_of(const PipelineReport& report) {
    std::vector<std::string> ends;
    for (const StageOutcome& stage : report.stages) ends.push_back(stage.name + ":" + std::string(name_of(stage.end)));
    std::sort(ends.begin(), ends.end());
    std::string text;
    for (const std::string& end : ends) text += (text.empty() ? "" : " ") + end;
    return text;
}

inline const StageOutcome& outcome_of(const PipelineReport& report, const std::string& name) {
    for (const StageOutcome& stage : report.stages)
        if (stage.name == name) return stage;
    throw std::logic_error("no stage " + name);
}

/// Every file below a folder with its content, and every folder with "/".
inline std::map<std::string, std::string> tree_of(const std::filesystem::path& folder) {
    std::map<std::string, std::string> tree;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
        tree[entry.path().lexically_relative(folder).string()] = entry.is_regular_file() ? content_of(entry.path().string()) : "/";
    return tree;
}

class SmallPipeline {
public:
    /// Lines of stages that most pipelines here begin with.
    static constexpr const char* load = "  - { name: load, stage: load, inputs: { reference: genome.fa, features: features.fa } }\n";
    static constexpr const char* parse = "  - { name: parse, stage: parse, needs: load }\n";
    static constexpr const char* align = "  - { name: align, stage: align, needs: parse, format: sam, publish: { alignments: out.sam } }\n";

    /// `stages` is the list of the file; `head` stands in front of it.
    explicit SmallPipeline(const std::string& stages, const std::string& head = "", SmallGenome the_genome = SmallGenome(40, 20'000))
        : genome(std::move(the_genome)) {
        write("genome.fa", genome.fasta());
        write("features.fa", genome.features_fasta());
        change(stages, head);
    }

    /// Writes the pipeline file once more, with other stages.
    void change(const std::string& stages, const std::string& head = "") {
        write("p.yaml", "weft: 1\nname: small\nthreads: 2\nmemory: 2G\nout: out\n" + head + "stages:\n" + stages);
    }

    std::string write(const std::string& name, const std::string& content) const { return folder.file(name, content); }

    Pipeline read(const std::vector<std::string>& set = {}) const {
        return read_pipeline(folder / "p.yaml", stage_schema(), ConfigOverrides{.settings = set});
    }

    /// Reads and runs it. `set` is what `--set` gives.
    PipelineReport run(PipelineOptions options = {}, const std::vector<std::string>& set = {}) const {
        const Pipeline pipeline = read(set);
        return PipelineRun(pipeline, std::move(options)).execute();
    }

    std::string out(const std::string& name) const { return folder / ("out/" + name); }
    std::string log(const std::string& stage) const { return content_of(folder / ("work/logs/" + stage + ".log")); }
    bool published(const std::string& name) const { return std::filesystem::exists(out(name)); }

    TemporaryFolder folder{};
    SmallGenome genome;
};

}  // namespace weft::test
