#include "weft/pipeline/read_pipeline.hpp"

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <fstream>
#include <memory>
#include <optional>
#include <sstream>
#include <system_error>
#include <unordered_map>
#include <utility>
#include <vector>

#include "weft/pipeline/cross_checks.hpp"
#include "weft/pipeline/read_settings.hpp"
#include "weft/pipeline/read_value.hpp"
#include "weft/pipeline/stage_frame.hpp"
#include "weft/pipeline/yaml_tree.hpp"

namespace weft {
namespace {

constexpr std::array<std::string_view, 3> keys_beside_settings{"weft", "vars", "stages"};

class PipelineReader {
public:
    PipelineReader(const PipelineSchema& schema, ProblemList& problems) : schema_(schema), problems_(problems) {}

    Pipeline read(const ConfigNode& root, const std::string& file) {
        pipeline_.file = file;
        pipeline_.folder = std::filesystem::path(file).parent_path();
        check_format(root);
        References references(vars_of(root), problems_);
        read_file_settings(root, references);
        const std::vector<StageFrame> frames = read_stage_frames(root, schema_, pipeline_.folder, references, problems_);
        for (const StageFrame& frame : frames) expand(frame, references);
        connect(frames);
        check_across_stages(pipeline_, schema_, problems_);
        return std::move(pipeline_);
    }

private:
    void check_format(const ConfigNode& root) {
        const ConfigNode* format = root.find("weft");
        if (!format)
            problems_.add(
                root.problem(problem_code::version,
                             fmt::format("the pipeline has no 'weft'; give the format's version, 'weft: {}'", pipeline_format)));
        else if (format->text != std::to_string(pipeline_format) && format->form != ConfigNode::Form::refused)
            problems_.add(format->problem(problem_code::version, fmt::format("'weft' is {}; this program reads version {} of the format",
                                                                             format->found(), pipeline_format)));
    }

    const ConfigNode* vars_of(const ConfigNode& root) {
        const ConfigNode* vars = root.find("vars");
        if (!vars || vars->is_map()) return vars;
        if (vars->form != ConfigNode::Form::refused)
            problems_.add(vars->problem(problem_code::value, fmt::format("'vars' is {}; give a map of names to values", vars->found())));
        return nullptr;
    }

    void read_file_settings(const ConfigNode& root, References& references) {
        pipeline_.settings =
            read_settings(root, schema_.file_keys, {.owner = "the pipeline", .folder = pipeline_.folder, .beside = keys_beside_settings},
                          references, problems_);
        const Settings& settings = pipeline_.settings;
        const auto take = [&]<class T>(std::string_view name, T& place) {
            if (const T* value = settings.get_if<T>(name)) place = *value;
        };
        take("name", pipeline_.name);
        take("work", pipeline_.work);
        take("out", pipeline_.out);
        take("on_error", pipeline_.on_error);
        take("limits", pipeline_.limits);
        if (const auto* threads = settings.get_if<std::int64_t>("threads")) pipeline_.threads = static_cast<int>(*threads);
        if (const auto* memory = settings.get_if<ByteSize>("memory")) pipeline_.memory = *memory;
    }

    /// One stage, or one for each item of its foreach.
    void expand(const StageFrame& frame, References& references) {
        first_of_.push_back(pipeline_.stages.size());
        if (!frame.kind) return;
        if (!frame.repeated) return add_stage(frame, nullptr, references);
        if (!frame.foreach) return;
        for (const ForeachItem& item : frame.foreach->items) add_stage(frame, &item, references);
    }

    void add_stage(const StageFrame& frame, const ForeachItem* item, References& references) {
        SettingsContext context{.owner = fmt::format("stage '{}'", frame.name),
                                .folder = pipeline_.folder,
                                .beside = graph_keys,
                                .inherited = &pipeline_.settings,
                                .defaults = &defaults_};
        if (item) context.scope = {.variable = frame.foreach->variable, .key = item->key, .value = item->value};
        StageConfig stage{.name = item ? fmt::format("{}[{}]", frame.name, item->key) : frame.name,
                          .base = frame.name,
                          .key = item ? item->key : std::string(),
                          .kind = frame.kind->name,
                          .kind_version = frame.kind->version,
                          .file = pipeline_.file,
                          .position = frame.node->position,
                          .outputs = frame.kind->outputs};
        stage.settings = read_settings(*frame.node, frame.kind->keys, context, references, problems_);
        for (const KeySpec& key : frame.kind->keys) {
            const auto* declared = key.role == KeySpec::Role::declares ? stage.settings.get_if<TextMap>(key.name) : nullptr;
            for (const auto& [output, file] : declared ? *declared : TextMap{}) stage.outputs.push_back(output);
            const auto* named = key.role == KeySpec::Role::names ? stage.settings.get_if<PathMap>(key.name) : nullptr;
            for (const auto& [output, file] : named ? *named : PathMap{}) stage.outputs.push_back(output);
        }
        pipeline_.stages.push_back(std::move(stage));
    }

    /// Equal foreach pair by key; a stage without one needs all.
    void connect(const std::vector<StageFrame>& frames) {
        first_of_.push_back(pipeline_.stages.size());
        NeedsLists needs(pipeline_.stages.size());
        for (std::size_t f = 0; f < frames.size(); ++f) {
            for (const std::size_t needed : frames[f].needs) {
                const bool paired = frames[f].repeated && frames[needed].repeated;
                std::unordered_map<std::string_view, std::size_t> by_key;
                for (std::size_t other = first_of_[needed]; other < first_of_[needed + 1]; ++other)
                    by_key.emplace(pipeline_.stages[other].key, other);
                for (std::size_t stage = first_of_[f]; stage < first_of_[f + 1]; ++stage) {
                    if (const auto partner = by_key.find(pipeline_.stages[stage].key); paired && partner != by_key.end()) {
                        needs[stage].push_back(partner->second);
                    } else if (!paired) {
                        for (std::size_t other = first_of_[needed]; other < first_of_[needed + 1]; ++other) needs[stage].push_back(other);
                    }
                }
            }
        }
        for (std::size_t stage = 0; stage < needs.size(); ++stage)
            for (const std::size_t needed : needs[stage]) pipeline_.stages[stage].needs.push_back(pipeline_.stages[needed].name);
        pipeline_.order = topological_order(needs);
    }

    const PipelineSchema& schema_;
    ProblemList& problems_;
    Pipeline pipeline_{};
    KnownDefaults defaults_{};
    std::vector<std::size_t> first_of_{};   // per frame its first stage; one more at the end
};

std::string content_of(const std::string& file) {
    errno = 0;
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream content;
    content << stream.rdbuf();   // sets failbit for an empty file too, so only errno and badbit tell
    if (!stream.is_open() || stream.bad() || (errno != 0 && content.view().empty()))
        throw SystemError({.where = file,
                           .problem = fmt::format("cannot be read: {}", std::generic_category().message(errno)),
                           .advice = "give a pipeline file"});
    return std::move(content).str();
}

}  // namespace

Pipeline read_pipeline(const std::string& file, const PipelineSchema& schema, const ConfigOverrides& overrides) {
    return read_pipeline_text(content_of(file), file, schema, overrides);
}

Pipeline read_pipeline_text(std::string_view text, const std::string& file, const PipelineSchema& schema,
                            const ConfigOverrides& overrides) {
    ProblemList problems;
    const auto source = std::make_shared<const ConfigSource>(ConfigSource{file, std::string(text), SettingOrigin::file});
    std::optional<ConfigNode> root = parse_yaml(source, problems);
    if (root && !root->is_map() && root->form != ConfigNode::Form::refused)
        problems.add(root->problem(problem_code::syntax, fmt::format("the file is {}; a pipeline is a map that begins with 'weft: {}'",
                                                                     root->found(), pipeline_format)));
    if (!root || !root->is_map()) throw ConfigError(problems.sorted());
    apply_overrides(*root, overrides, problems);
    Pipeline pipeline = PipelineReader(schema, problems).read(*root, file);
    if (problems.has_errors()) throw ConfigError(problems.sorted());
    pipeline.warnings = problems.sorted();
    return pipeline;
}

}  // namespace weft
