#include "weft/stages/advice.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "weft/stages/filter_lint.hpp"
#include "weft/stages/filter_parser.hpp"
#include "weft/stages/stage_execution.hpp"

namespace weft {
namespace {

class Adviser {
public:
    explicit Adviser(const Pipeline& pipeline) : pipeline_(pipeline) {}

    std::vector<ConfigProblem> advice() {
        std::set<std::string> needed;
        for (const StageConfig& stage : pipeline_.stages) needed.insert(stage.needs.begin(), stage.needs.end());
        std::set<std::string> seen;   // the items of a foreach have the same faults
        for (const StageConfig& stage : pipeline_.stages) {
            if (!seen.insert(stage.base).second) continue;
            look_at_filter(stage);
            look_at_purity(stage);
            look_at_chunks(stage);
            look_at_use(stage, needed.contains(stage.name));
            look_at_failures(stage);
        }
        return found_.sorted();
    }

private:
    void add(const StageConfig& stage, std::string_view setting, std::string_view code, std::string message) {
        const Setting* const place = setting.empty() ? nullptr : stage.settings.find(setting);
        ConfigProblem problem = place != nullptr && place->position.line > 0
                                    ? place->problem(code, std::move(message))
                                    : ConfigProblem{stage.file, stage.position, std::move(message), std::string(code), true};
        problem.warning = true;
        found_.add(std::move(problem));
    }

    void look_at_filter(const StageConfig& stage) {
        if (stage.kind != "filter") return;
        const ParsedFilter where = parse_filter(stage.settings.get<std::string>("where"));
        for (const FilterProblem& problem : lint_filter(*where.expression)) add(stage, "where", "W170", problem.message);
    }

    void look_at_purity(const StageConfig& stage) {
        if (stage.kind == "run" && !stage.settings.get<bool>("pure"))
            add(stage, "", "W171", fmt::format("stage '{}' runs every time; if the same inputs give the same outputs, say `pure: true`", stage.base));
        if (!stage.settings.get<bool>("cache"))
            add(stage, "cache", "W172", fmt::format("stage '{}' has `cache: off`: it and all that depends on it run every time", stage.base));
    }

    void look_at_chunks(const StageConfig& stage) {
        const auto* chunk = stage.settings.get_if<std::int64_t>("chunk");
        if (stage.kind == "align" && chunk != nullptr && *chunk < 100)
            add(stage, "chunk", "W173", fmt::format("chunks of {} features cost more to keep than to align; leave `chunk: auto`", *chunk));
        if (stage.kind != "align" && stage.settings.find("chunk")->origin != SettingOrigin::built_in)
            add(stage, "chunk", "W174", fmt::format("stage '{}' works in one piece: `chunk` does nothing here", stage.base));
    }

    void look_at_use(const StageConfig& stage, bool needed) {
        if (needed || !published_files(pipeline_, stage).empty()) return;
        add(stage, "", "W175", fmt::format("nobody needs stage '{}' and it publishes nothing; `publish: {{ OUTPUT: FILE }}` keeps what it makes", stage.base));
    }

    void look_at_failures(const StageConfig& stage) {
        if (stage.settings.get<std::string>("on_error") == "skip" && stage.kind != "run" &&
            std::any_of(pipeline_.stages.begin(), pipeline_.stages.end(), [&](const StageConfig& other) {
                return other.needs.size() == 1 && other.needs.front() == stage.name;
            }))
            add(stage, "on_error", "W176", fmt::format("with `on_error: skip`, what needs only '{}' would go on without any input; `keep-going` skips it too", stage.base));
    }

    const Pipeline& pipeline_;
    ProblemList found_{};
};

}  // namespace

std::vector<ConfigProblem> advice_on(const Pipeline& pipeline) {
    (void)ready_stages(pipeline);
    return Adviser(pipeline).advice();
}

}  // namespace weft
