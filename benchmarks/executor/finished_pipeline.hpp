// A pipeline of many small stages that has run to its end, made without running it: a `foreach` over commands, their results in the
// store, a line of each in the journal, their files published.
#pragma once

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "executor/scratch_folder.hpp"
#include "weft/executor/manifest.hpp"
#include "weft/pipeline/read_pipeline.hpp"
#include "weft/stages/stage_execution.hpp"
#include "weft/stages/stage_kinds.hpp"

namespace weft::bench {

inline std::string text_of_many(int stages) {
    std::string text = "weft: 1\nname: many\nthreads: 2\nvars:\n  items:\n";
    for (int i = 0; i < stages; ++i) text += "    - i" + std::to_string(i) + "\n";
    return text +
           "stages:\n  - name: many\n    stage: run\n    foreach: { item: \"${items}\" }\n    command: echo ${item.value} > ${output.text}\n"
           "    outputs: { text: \"${item.key}.txt\" }\n    pure: true\n    memory: 1M\n";
}

class FinishedPipeline {
public:
    explicit FinishedPipeline(int stages) : file_(folder_ / "many.yaml"), pipeline_(read_pipeline_text(text_of_many(stages), file_, stage_schema())) {
        namespace fs = std::filesystem;
        const std::string work = pipeline_.work.string();
        fs::create_directories(work + "/store");
        fs::create_directories(work + "/quarantine");
        const auto results = std::make_shared<StageResults>(pipeline_);
        InputDigests digests(work + "/digests.json");
        std::ofstream journal(work + "/journal.jsonl", std::ios::binary);
        for (const ReadyStage& stage : ready_stages(pipeline_)) {
            const JournalEntry entry{.key = content_key(stage, StageInputs(*stage.config, results), digests), .task = stage.config->name, .milliseconds = 20};
            const std::string hex = entry.key.digest().hex();
            const std::string place = work + "/store/" + hex.substr(0, 2) + "/" + hex;
            fs::create_directories(place);
            Manifest manifest{.entry = entry};
            const std::string content = stage.config->key + "\n";
            for (const auto& [output, name] : published_files(pipeline_, *stage.config)) {
                std::ofstream(place + "/" + name) << content;
                manifest.files.push_back({name, content.size(), digest_of(content)});
                fs::create_directories(pipeline_.out);
                fs::create_hard_link(place + "/" + name, pipeline_.out / name);
            }
            std::ofstream(place + "/manifest.json") << to_json(manifest);
            journal << to_json(entry) << '\n';
        }
    }

    const Pipeline& pipeline() const { return pipeline_; }

private:
    ScratchFolder folder_{};
    std::string file_;
    Pipeline pipeline_;
};

}  // namespace weft::bench
