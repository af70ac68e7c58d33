// weft clean: gives back the disk space of stored results.
#include <filesystem>
#include <memory>
#include <set>

#include <fmt/format.h>

#include "commands.hpp"
#include "console.hpp"
#include "pipeline_choices.hpp"
#include "weft/executor/result_store.hpp"
#include "weft/executor/run_lock.hpp"
#include "weft/stages/plan.hpp"

namespace weft {
namespace {

constexpr const char* examples = R"(Examples:
  weft clean pipeline.yaml          results that the pipeline as it is now does not use, and what runs left behind
  weft clean pipeline.yaml --all    all stored results: the next run starts over
Published files stay.)";

void clean(const PipelineChoices& choices, bool all) {
    const Pipeline pipeline = chosen_pipeline(choices);
    const std::string work = pipeline.work.string();
    if (!std::filesystem::exists(work)) {
        say(fmt::format("{}: there is no work folder, so nothing to remove", work));
        return;
    }
    const RunLock lock(work);   // not under the hands of a run
    std::set<Digest> keep;
    if (!all)
        for (const PlannedStage& stage : plan_pipeline(pipeline).stages)
            if (stage.key && stage.state == PlannedState::up_to_date) keep.insert(stage.key->digest());
    const CleanCounts counts = ResultStore(work).clean(keep);
    say(fmt::format("{}: {} results removed, {} kept; {} leftovers, {} put aside", work, counts.results, keep.size(), counts.leftovers, counts.quarantined));
}

}  // namespace

void add_clean_command(CLI::App& app) {
    CLI::App* command = app.add_subcommand("clean", "Remove stored results of a pipeline");
    const auto choices = std::make_shared<PipelineChoices>();
    const auto all = std::make_shared<bool>(false);
    command->footer(examples);
    add_pipeline_options(*command, *choices);
    command->add_flag("--all", *all, "Also those that the pipeline uses");
    command->callback([choices, all] { clean(*choices, *all); });
}

}  // namespace weft
