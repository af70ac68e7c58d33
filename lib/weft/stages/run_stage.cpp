// run: any shell command, with its inputs and outputs declared. Only what is declared is kept, and only when the command ended well.
#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include <fmt/format.h>

#include "weft/executor/child_process.hpp"
#include "weft/model/error.hpp"
#include "weft/stages/stage_factories.hpp"

namespace weft {
namespace {

constexpr std::size_t tail_lines = 10;

/// "filter.sam" of "input.filter.sam".
std::string rest_of(const std::string& name) { return name.substr(name.find('.') + 1); }

bool is_input(const TextPart& part) { return part.kind == TextPart::Kind::late && part.text.starts_with("input."); }

class RunStage final : public Stage {
public:
    explicit RunStage(const StageConfig& config)
        : config_(config), command_(config.settings.get<LateText>("command")), outputs_(config.settings.get<TextMap>("outputs")) {
        if (const auto* names = config.settings.get_if<std::vector<std::string>>("allow_empty")) may_be_empty_ = *names;
        for (const std::string& name : may_be_empty_)
            if (std::none_of(outputs_.begin(), outputs_.end(), [&](const auto& output) { return output.first == name; }))
                throw UsageError{{fmt::format("stage '{}'", config.name), fmt::format("`allow_empty` names '{}', which is no output", name), ""}};
    }

    std::vector<std::pair<std::string, std::string>> files() const override { return outputs_; }

    std::string runs_always() const override { return config_.settings.get<bool>("pure") ? "" : "it is not declared `pure: true`, so it runs every time"; }

    StageKey key(const StageInputs& inputs, InputDigests&) const override {
        StageKey key;
        key.parameters["shell"] = config_.settings.get<std::string>("shell");
        key.parameters["command"] = text([](const std::string& name) { return "${" + name + "}"; });
        for (const auto& [name, file] : outputs_) key.parameters["outputs." + name] = file;
        if (const auto* variables = config_.settings.get_if<TextMap>("env"))
            for (const auto& [name, value] : *variables) key.parameters["env." + name] = value;
        for (const TextPart& part : command_.parts) {
            if (!is_input(part)) continue;
            for (const StageOutput* input : inputs_named(inputs, rest_of(part.text))) key.add(rest_of(part.text), input->digest);
        }
        return key;
    }

    void run(StageRun& run) const override {
        namespace fs = std::filesystem;
        fs::create_directories(run.scratch);
        for (const auto& [name, file] : outputs_) fs::create_directories(fs::path(run / file).parent_path());
        const std::string command = text([&](const std::string& name) { return value_of(run, name); });
        run.task->log(command);
        ChildProcess child{.arguments = {config_.settings.get<std::string>("shell")}, .folder = run.scratch, .output = run.log_file};
        if (child.arguments.front() == "bash") child.arguments.insert(child.arguments.end(), {"-euo", "pipefail", "-c", command});
        else child.arguments.insert(child.arguments.end(), {"-eu", "-c", command});
        if (!run.shop.program.empty()) {   // `weft` in a command is this weft
            const char* const path = std::getenv("PATH");
            child.environment.emplace_back("PATH", fs::path(run.shop.program).parent_path().string() + (path == nullptr ? "" : ":" + std::string(path)));
        }
        child.environment.emplace_back("PIPELINE_FOLDER", fs::absolute(run.shop.pipeline.folder / ".").lexically_normal().string());
        if (const auto* variables = config_.settings.get_if<TextMap>("env"))
            child.environment.insert(child.environment.end(), variables->begin(), variables->end());
        const int code = run_child(child, run.task->cancel());
        if (code != 0) fail(run, fmt::format("the command ended with exit code {}", code));
        for (const auto& [name, file] : outputs_) check_output(run, name, file);
    }

private:
    /// The command, its references replaced by `late`.
    std::string text(const std::function<std::string(const std::string&)>& late) const {
        std::string text;
        for (const TextPart& part : command_.parts) {
            switch (part.kind) {
                case TextPart::Kind::literal: text += part.text; break;
                case TextPart::Kind::value: text += shell_quoted(part.text); break;
                case TextPart::Kind::late: text += late(part.text); break;
            }
        }
        return text;
    }

    /// "STAGE.OUTPUT": one, or one of each item of the stage's foreach.
    std::vector<const StageOutput*> inputs_named(const StageInputs& inputs, const std::string& path) const {
        const std::string base = path.substr(0, path.find('.'));
        const std::string output = rest_of(path);
        std::vector<const StageOutput*> found;
        for (const StageResult* result : inputs.direct()) {
            if (result->stage != base && !result->stage.starts_with(base + "[")) continue;
            const auto known = result->outputs.find(output);
            if (known == result->outputs.end())
                throw UsageError{{fmt::format("stage '{}'", config_.name), fmt::format("'{}' has made no '{}' this time", result->stage, output),
                                  "see which format that stage writes"}};
            found.push_back(&known->second);
        }
        return found;
    }

    std::string value_of(const StageRun& run, const std::string& name) const {
        if (name == "cpu") return std::to_string(config_.settings.get<std::int64_t>("cpu"));
        if (name.starts_with("output.")) {
            const auto found = std::find_if(outputs_.begin(), outputs_.end(), [&](const auto& output) { return output.first == rest_of(name); });
            return shell_quoted(std::filesystem::absolute(run / found->second).string());
        }
        std::string paths;
        for (const StageOutput* input : inputs_named(run.inputs, rest_of(name)))
            paths += (paths.empty() ? "" : " ") + shell_quoted(std::filesystem::absolute(input->path).string());
        return paths;
    }

    void check_output(const StageRun& run, const std::string& name, const std::string& file) const {
        namespace fs = std::filesystem;
        const fs::file_type type = fs::symlink_status(run / file).type();
        if (type == fs::file_type::not_found) fail(run, fmt::format("the command has not written its output '{}' ({})", name, file));
        if (type != fs::file_type::regular && type != fs::file_type::directory)
            fail(run, fmt::format("the output '{}' ({}) is a link or a device; write the content itself", name, file));
        const bool empty = type == fs::file_type::directory ? fs::is_empty(run / file) : fs::file_size(run / file) == 0;
        if (empty && std::find(may_be_empty_.begin(), may_be_empty_.end(), name) == may_be_empty_.end())
            fail(run, fmt::format("the output '{}' ({}) is empty; `allow_empty: [{}]` says that this is fine", name, file, name));
    }

    [[noreturn]] void fail(const StageRun& run, const std::string& problem) const {
        std::string tail;
        for (const std::string& line : tail_of(run.log_file, tail_lines)) tail += "\n    " + line;
        throw Error{{"", problem,
                     fmt::format("its output is in {}{}", run.log_file, tail.empty() ? "" : ":" + tail)}};
    }

    StageConfig config_;
    LateText command_;
    TextMap outputs_;
    std::vector<std::string> may_be_empty_{};
};

}  // namespace

StageKind run_kind() {
    using namespace value_kind;
    return {.name = "run",
            .version = 1,
            .help = "a shell command with declared inputs and outputs",
            .keys = {{.name = "command", .kind = late_text(), .help = "run in an empty folder; ${input.STAGE.OUTPUT}, ${output.NAME}, ${cpu}", .required = true},
                     {.name = "outputs", .kind = text_map(), .help = "name: file", .required = true, .role = KeySpec::Role::declares},
                     {.name = "env", .kind = text_map(), .help = "variables of the environment"},
                     {.name = "shell", .kind = choice({"bash", "sh"}), .help = "bash runs with -euo pipefail, sh with -eu", .default_value = "bash"},
                     {.name = "allow_empty", .kind = texts(), .help = "outputs that may be empty files"}}};
}

std::unique_ptr<Stage> make_run_stage(const StageConfig& config) { return std::make_unique<RunStage>(config); }

}  // namespace weft
