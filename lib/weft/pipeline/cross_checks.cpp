#include "weft/pipeline/cross_checks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace weft {
namespace {

bool contains(const std::vector<std::string>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

std::string place_of(const StageConfig& stage) { return fmt::format("stage '{}' (line {})", stage.name, stage.position.line); }

class CrossChecker {
public:
    CrossChecker(const Pipeline& pipeline, const PipelineSchema& schema, ProblemList& problems)
        : pipeline_(pipeline), schema_(schema), problems_(problems) {}

    void check() {
        for (const StageConfig& stage : pipeline_.stages) by_name_.emplace(stage.name, &stage);
        for (const auto& [name, count] : pipeline_.limits) limits_.push_back(name);
        for (const StageConfig& stage : pipeline_.stages) {
            check_budget(stage);
            check_limits(stage);
            for (const KeySpec& key : schema_.find(stage.kind)->keys) {
                if (key.role == KeySpec::Role::publishes || key.role == KeySpec::Role::declares) check_published(stage, key);
                if (const auto* text = stage.settings.get_if<LateText>(key.name))
                    check_references(stage, *stage.settings.find(key.name), *text);
            }
        }
        warn_of_unused_limits();
    }

private:
    void check_budget(const StageConfig& stage) {
        const auto* memory = stage.settings.get_if<ByteSize>("memory");
        if (memory && pipeline_.memory && *memory > *pipeline_.memory)
            problems_.add(stage.settings.find("memory")->problem(
                problem_code::over_memory, fmt::format("'memory' of stage '{}' is {}, but the whole run has {}", stage.base,
                                                       text_of(*memory), text_of(*pipeline_.memory))));
        const auto* cpu = stage.settings.get_if<std::int64_t>("cpu");
        if (cpu && pipeline_.threads > 0 && *cpu > pipeline_.threads)
            problems_.add(stage.settings.find("cpu")->problem(
                problem_code::over_threads,
                fmt::format("'cpu' of stage '{}' is {}, but the whole run has 'threads: {}'", stage.base, *cpu, pipeline_.threads)));
    }

    void check_limits(const StageConfig& stage) {
        const auto* uses = stage.settings.get_if<std::vector<std::string>>("uses");
        if (!uses) return;
        for (const std::string& name : *uses) {
            used_limits_.push_back(name);
            if (contains(limits_, name)) continue;
            const std::string advice =
                limits_.empty() ? fmt::format("; give 'limits: {{ {}: 2 }}' at the top", name) : suggestion(name, limits_);
            problems_.add(stage.settings.find("uses")->problem(
                problem_code::unknown_limit,
                fmt::format("stage '{}' uses the limit '{}', which does not exist{}", stage.base, name, advice)));
        }
    }

    void warn_of_unused_limits() {
        for (const std::string& name : limits_) {
            if (contains(used_limits_, name)) continue;
            ConfigProblem problem =
                pipeline_.settings.find("limits")->problem(problem_code::unused_limit, fmt::format("no stage uses the limit '{}'", name));
            problem.warning = true;
            problems_.add(std::move(problem));
        }
    }

    void check_published(const StageConfig& stage, const KeySpec& key) {
        const auto* files = stage.settings.get_if<TextMap>(key.name);
        if (!files) return;
        const Setting& setting = *stage.settings.find(key.name);
        for (const auto& [output, file] : *files) {
            if (!contains(stage.outputs, output))
                problems_.add(setting.problem(problem_code::unknown_output, fmt::format("stage '{}' has no output '{}'{}", stage.base,
                                                                                        output, outputs_of(stage, output))));
            const std::filesystem::path path = std::filesystem::path(file).lexically_normal();
            if (path.is_absolute() || path == "." || path.empty() || *path.begin() == "..")
                problems_.add(setting.problem(
                    problem_code::outside_output,
                    fmt::format("'{}' of stage '{}' would publish '{}'; give a file name below 'out'", key.name, stage.base, file)));
            check_writer(stage, setting, path.string());
        }
    }

    void check_writer(const StageConfig& stage, const Setting& setting, const std::string& file) {
        const auto [known, first] = writers_.emplace(file, &stage);
        if (first) return;
        const StageConfig& other = *known->second;
        std::string message;
        if (&other == &stage)
            message = fmt::format("stage '{}' publishes '{}' twice", stage.base, file);
        else if (other.base == stage.base)
            message =
                fmt::format("'{}' is published by each '{}[...]'; put the key of its foreach into the name, such as ${{strain.key}}-{}",
                            file, stage.base, file);
        else
            message = fmt::format("'{}' is published by stage '{}' and already by {}", file, stage.base, place_of(other));
        problems_.add(setting.problem(problem_code::two_writers, std::move(message)));
    }

    /// What a running task will look up, as far as it is known before.
    void check_references(const StageConfig& stage, const Setting& setting, const LateText& text) {
        for (const TextPart& part : text.parts) {
            if (part.kind != TextPart::Kind::late || part.text == "cpu") continue;
            ConfigProblem problem = setting.problem(problem_code::unknown_output, "");
            problem.position = part.position;
            const std::size_t dot = part.text.find('.');
            const std::string rest = part.text.substr(dot + 1);
            problem.message = part.text.starts_with("input.") ? input_fault(stage, rest) : output_fault(stage, rest);
            if (!problem.message.empty()) problems_.add(std::move(problem));
        }
    }

    std::string output_fault(const StageConfig& stage, const std::string& output) const {
        if (contains(stage.outputs, output)) return "";
        return fmt::format("stage '{}' has no output '{}'{}", stage.base, output, outputs_of(stage, output));
    }

    std::string input_fault(const StageConfig& stage, const std::string& path) const {
        const std::size_t dot = path.find('.');
        if (dot == path.npos) return fmt::format("'${{input.{}}}' names no output; write ${{input.STAGE.OUTPUT}}", path);
        const std::string needed = path.substr(0, dot);
        std::vector<std::string> bases;
        for (const std::string& name : stage.needs) {
            const auto found = by_name_.find(name);
            if (found == by_name_.end()) return "";   // complained of already
            if (found->second->base == needed) return output_fault(*found->second, path.substr(dot + 1));
            bases.push_back(found->second->base);
        }
        return fmt::format("stage '{}' does not need '{}', so it has nothing of it{}", stage.base, needed, suggestion(needed, bases));
    }

    static std::string outputs_of(const StageConfig& stage, const std::string& wanted) {
        const std::string near = suggestion(wanted, stage.outputs);
        if (!near.empty() || stage.outputs.empty()) return near;
        std::string all;
        for (const std::string& name : stage.outputs) all += (all.empty() ? "" : ", ") + name;
        return "; it has " + all;
    }

    const Pipeline& pipeline_;
    const PipelineSchema& schema_;
    ProblemList& problems_;
    std::unordered_map<std::string, const StageConfig*> by_name_{};
    std::unordered_map<std::string, const StageConfig*> writers_{};   // by published file
    std::vector<std::string> limits_{};
    std::vector<std::string> used_limits_{};
};

}  // namespace

void check_across_stages(const Pipeline& pipeline, const PipelineSchema& schema, ProblemList& problems) {
    CrossChecker(pipeline, schema, problems).check();
}

}  // namespace weft
