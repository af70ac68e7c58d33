// Pipeline files: YAML, types, references, foreach and the graph. What is accepted must be printable and in order.
#include "fuzz/fuzz_target.hpp"
#include "support/example_stage_kinds.hpp"
#include "weft/pipeline/print_config.hpp"
#include "weft/pipeline/read_pipeline.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace weft;
    static const PipelineSchema schema = test::example_schema();
    return fuzz::run([&] {
        try {
            const Pipeline pipeline = read_pipeline_text(fuzz::text_of(data, size), "fuzz.yaml", schema);
            fuzz::must(!pipeline.stages.empty() || pipeline.order.empty());
            fuzz::must(pipeline.order.size() == pipeline.stages.size());
            fuzz::must(!config_text(pipeline).empty());
        } catch (const ConfigError& error) {
            fuzz::must(!error.problems().empty());
            for (const ConfigProblem& problem : error.problems())
                fuzz::must(problem.position.line >= 1 && problem.position.column >= 1 && !problem.message.empty());
        }
    });
}
