// weft info: what weft sees of the machine it runs on and of itself. The first thing to ask when a run has fewer threads or less
// memory than was thought, or when a file that one machine reads is refused on another.
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "commands.hpp"
#include "version.hpp"
#include "weft/bytes/hts_features.hpp"
#include "weft/bytes/temporary_file.hpp"
#include "weft/bytes/this_machine.hpp"
#include "weft/kernel/target.hpp"
#include "weft/model/readable.hpp"
#include "weft/model/utf8.hpp"
#include "weft/pipeline/overrides.hpp"

namespace weft {
namespace {

using nlohmann::ordered_json;

constexpr const char* examples = R"(Examples:
  weft info                 threads, memory, libraries, environment
  weft info --json          the same as one JSON object
  taskset -c 0 weft info    what is left when a batch system binds the process to one processor)";

ordered_json names_of(std::span<const SimdTarget> targets) {
    ordered_json names = ordered_json::array();
    for (const SimdTarget target : targets) names.push_back(name_of(target));
    return names;
}

/// Every variable WEFT_*: those that are read, whether they are set or not, and those that are set although nobody reads them.
ordered_json environment() {
    ordered_json variables = ordered_json::array();
    std::map<std::string, std::string> set;
    for (char** variable = environ; *variable != nullptr; ++variable) {
        const std::string text(*variable);
        const std::size_t equals = text.find('=');
        if (text.starts_with("WEFT_") && equals != std::string::npos)
            set.emplace(text.substr(0, equals), text.substr(equals + 1));
    }
    for (const KnownVariable& known : known_variables()) {
        ordered_json row{{"name", known.name}, {"read", known.read}, {"meaning", known.meaning}};
        if (const auto found = set.find(std::string(known.name)); found != set.end()) {
            row["value"] = found->second;
            set.erase(found);
        }
        variables.push_back(std::move(row));
    }
    for (const auto& [name, value] : set)
        variables.push_back({{"name", name}, {"read", false}, {"meaning", "no part of weft reads it"}, {"value", value}});
    return variables;
}

ordered_json threads_of(const MachineLimits& limits) {
    ordered_json threads{{"available", available_threads()}, {"affinity", limits.affinity}, {"processors", limits.processors}};
    if (limits.quota > 0) threads["quota"] = limits.quota;
    return threads;
}

ordered_json memory_of(const MachineLimits& limits) {
    ordered_json memory{{"available", available_memory()}, {"machine", limits.memory}};
    if (limits.memory_limit > 0) memory["limit"] = limits.memory_limit;
    return memory;
}

ordered_json temporary_folder() {
    ordered_json folder{{"path", scratch_directory("-")}, {"chosen_by_TMPDIR", std::getenv("TMPDIR") != nullptr}};
    std::error_code none;
    const std::filesystem::space_info space = std::filesystem::space(folder["path"].get<std::string>(), none);
    if (!none) folder["free"] = space.available;
    return folder;
}

ordered_json info() {
    ordered_json libraries = ordered_json::object();
    for (const auto& [name, version] : versions())
        if (name != "weft") libraries[name] = version;
    ordered_json features = ordered_json::array();
    for (const HtsFeature& feature : hts_runtime_features())
        features.push_back({{"name", feature.name}, {"there", feature.there}, {"serves", feature.serves}});
    const MachineLimits limits = machine_limits();
    return {
        {"weft_info", 1},
        {"version", WEFT_VERSION},
        {"simd",
         {{"in_use", simd_target()}, {"available", names_of(available_targets())}, {"compiled", names_of(compiled_targets())}}},
        {"threads", threads_of(limits)},
        {"memory", memory_of(limits)},
        {"temporary_folder", temporary_folder()},
        {"libraries", std::move(libraries)},
        {"htslib", {{"version", hts_runtime_version()}, {"codecs", hts_codecs_version()}, {"features", std::move(features)}}},
        {"environment", environment()}};
}

std::string words(const ordered_json& list) {
    std::string text;
    for (const ordered_json& item : list) text += (text.empty() ? "" : ", ") + item.get<std::string>();
    return text;
}

std::string bytes(const ordered_json& object, const char* key) {
    return object.contains(key) ? size_text(object.at(key).get<std::uint64_t>()) : "none";
}

void row(std::string_view name, std::string_view value) { fmt::print("{:<18} {}\n", name, value); }

void print_text(const ordered_json& all) {
    const ordered_json &simd = all["simd"], &threads = all["threads"], &memory = all["memory"], &folder = all["temporary_folder"],
                       &hts = all["htslib"];
    row("weft", all["version"].get<std::string>());
    row("SIMD target", fmt::format("{}; this machine can run {}; compiled are {}", simd["in_use"].get<std::string>(),
                                   words(simd["available"]), words(simd["compiled"])));
    row("threads", fmt::format("{}; bound to {} of {} processors; quota of the control group: {}",
                               threads["available"].get<int>(), threads["affinity"].get<int>(), threads["processors"].get<int>(),
                               threads.contains("quota") ? fmt::format("{:.2f}", threads["quota"].get<double>()) : "none"));
    row("memory", fmt::format("{}; of the machine: {}; limit of the control group: {}", bytes(memory, "available"),
                              bytes(memory, "machine"), bytes(memory, "limit")));
    row("temporary files",
        fmt::format("{}{}; free: {}", printable(folder["path"].get<std::string>()),
                    folder["chosen_by_TMPDIR"].get<bool>() ? " (TMPDIR)" : ", or beside an output", bytes(folder, "free")));
    fmt::print("\nBuilt with\n");
    for (const auto& [name, version] : all["libraries"].items()) row("  " + name, version.get<std::string>());
    const std::string codecs = hts["codecs"].get<std::string>();
    fmt::print("\nHTSlib {} as it is loaded{}\n", hts["version"].get<std::string>(),
               codecs.empty() ? "" : ", with htscodecs " + codecs);
    for (const ordered_json& feature : hts["features"])
        row("  " + feature["name"].get<std::string>(),
            fmt::format("{:<4} {}", feature["there"].get<bool>() ? "yes" : "no", feature["serves"].get<std::string>()));
    fmt::print("\nEnvironment\n");
    for (const ordered_json& variable : all["environment"])
        row("  " + variable["name"].get<std::string>(),
            fmt::format("{:<10} {}", variable.contains("value") ? printable(variable["value"].get<std::string>()) : "not set",
                        variable["meaning"].get<std::string>()));
}

}   // namespace

void add_info_command(CLI::App& app) {
    CLI::App* command = app.add_subcommand("info", "Print what weft sees of the machine and of itself");
    const auto json = std::make_shared<bool>(false);
    command->footer(examples);
    command->add_flag("--json", *json, "One JSON object instead of text");
    command->callback([json] {
        const ordered_json all = info();
        *json ? fmt::print("{}\n", all.dump(2, ' ', false, ordered_json::error_handler_t::replace)) : print_text(all);
    });
}

}   // namespace weft
