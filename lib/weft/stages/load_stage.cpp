// load: opens, checks and digests what a pipeline begins with. Files stay where they are; what comes from elsewhere is kept in the store.
#include <algorithm>
#include <filesystem>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "weft/bytes/download.hpp"
#include "weft/bytes/output_file.hpp"
#include "weft/bytes/sha256.hpp"
#include "weft/model/error.hpp"
#include "weft/record/content_format.hpp"
#include "weft/stages/stage_factories.hpp"

namespace weft {
namespace {

class LoadStage final : public Stage {
public:
    explicit LoadStage(const StageConfig& config) : name_(config.name), inputs_(config.settings.get<PathMap>("inputs")) {
        if (const auto* formats = config.settings.get_if<TextMap>("format")) formats_ = *formats;
        if (const auto* sums = config.settings.get_if<TextMap>("sha256")) sums_ = *sums;
        for (const auto* map : {&formats_, &sums_})
            for (const auto& [input, value] : *map)
                if (std::none_of(inputs_.begin(), inputs_.end(), [&, &wanted = input](const auto& known) { return known.first == wanted; }))
                    throw UsageError{{fmt::format("stage '{}'", name_), fmt::format("there is no input '{}'", input), "name one of `inputs`"}};
    }

    std::vector<std::pair<std::string, std::string>> files() const override {
        std::vector<std::pair<std::string, std::string>> files{{"inputs", "inputs.json"}};
        for (const auto& [input, path] : inputs_)
            if (kept_in_store(path)) files.emplace_back(input, stored_name(input, path));
        return files;
    }

    StageKey key(const StageInputs&, InputDigests& digests) const override {
        StageKey key;
        key.parameters["names"] = names();
        for (const auto& [input, path] : inputs_)
            if (kept_in_store(path)) key.parameters["source." + input] = path.string();
            else key.add(input, digests.of(path.string()));
        for (const auto& [input, format] : formats_) key.parameters["format." + input] = format;
        for (const auto& [input, sum] : sums_) key.parameters["sha256." + input] = sum;
        return key;
    }

    std::string runs_always() const override {
        const auto spooled = [](const auto& input) { return input.second == "-"; };
        return std::any_of(inputs_.begin(), inputs_.end(), spooled) ? "it reads standard input, which may be another one each time" : "";
    }

    std::map<std::string, StageOutput> found(const StageInputs&, InputDigests& digests) const override {
        std::map<std::string, StageOutput> found;
        for (const auto& [input, path] : inputs_)
            if (!kept_in_store(path)) found[input] = {path.string(), digests.of(path.string())};
        return found;
    }

    void run(StageRun& run) const override {
        nlohmann::ordered_json table = nlohmann::ordered_json::array();
        for (std::size_t i = 0; i < inputs_.size(); ++i) {
            const auto& [input, path] = inputs_[i];
            run.task->progress(i, inputs_.size());
            std::string place = path.string();
            if (kept_in_store(path)) {
                place = run / stored_name(input, path);
                run.task->log(fmt::format("{}: fetching {}", input, path.string()));
                std::filesystem::create_directories(std::filesystem::path(place).parent_path());
                if (path == "-") keep_standard_input(place, run.task->cancel().flag());
                else download(path.string(), place, run.task->cancel().flag());
            }
            check_sum(input, path.string(), place);
            const std::string_view format = content_format(place);
            check_format(input, path.string(), format);
            const auto bytes = std::filesystem::file_size(place);
            run.task->log(fmt::format("{}: {}, {} bytes, {}", input, path.string(), bytes, format));
            table.push_back({{"name", input}, {"format", format}, {"bytes", bytes}});
        }
        OutputFile file(run / "inputs.json");
        file.write(table.dump(1) + "\n");
        file.commit();
    }

private:
    ParameterValue names() const {
        std::vector<ParameterValue> names;
        for (const auto& [input, path] : inputs_) names.emplace_back(input);
        return names;
    }

    static bool kept_in_store(const std::filesystem::path& path) { return path == "-" || is_url(path.string()); }

    static std::string stored_name(const std::string& input, const std::filesystem::path& path) {
        const std::string name = path == "-" ? std::string() : path.filename().string().substr(0, path.filename().string().find('?'));
        return input + "/" + (name.empty() ? std::string("data") : name);
    }

    void check_sum(const std::string& input, const std::string& shown, const std::string& place) const {
        for (const auto& [name, wanted] : sums_) {
            if (name != input) continue;
            const std::string sum = sha256_of_file(place);
            if (sum != wanted)
                throw FormatError{{shown, fmt::format("has the SHA-256 {}, the pipeline expects {}", sum, wanted), "fetch the file again"}};
        }
    }

    void check_format(const std::string& input, const std::string& shown, std::string_view found) const {
        for (const auto& [name, wanted] : formats_)
            if (name == input && wanted != found)
                throw FormatError{{shown, fmt::format("is {}, the pipeline expects {}", found, wanted), "check which file it should be"}};
    }

    std::string name_;
    PathMap inputs_;
    TextMap formats_{};
    TextMap sums_{};
};

}  // namespace

StageKind load_kind() {
    using namespace value_kind;
    return {.name = "load",
            .version = 1,
            .help = "opens, checks and digests the inputs",
            .keys = {{.name = "inputs", .kind = path_map(), .help = "name: file, URL or - (standard input)", .required = true, .role = KeySpec::Role::names},
                     {.name = "format", .kind = text_map(), .help = "name: the format it must have, such as fasta or gff3"},
                     {.name = "sha256", .kind = text_map(), .help = "name: the SHA-256 it must have"},
                     {.name = "kind", .kind = choice({"cpu", "io", "mem"}), .help = "which workers it runs on", .default_value = "io"}},
            .outputs = {"inputs"}};
}

std::unique_ptr<Stage> make_load_stage(const StageConfig& config) { return std::make_unique<LoadStage>(config); }

}  // namespace weft
