#include "weft/executor/manifest.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <nlohmann/json.hpp>
#include <optional>

#include "weft/executor/file_steps.hpp"
#include "weft/executor/json_scanner.hpp"
#include "weft/model/error.hpp"

namespace weft {
namespace {

using nlohmann::json;

constexpr int manifest_version = 1;

std::string manifest_path(const std::string& folder) { return folder + "/" + std::string(manifest_name); }

// A name that is not UTF-8, with replacement characters.
std::string shown(const std::string& name) { return json(name).dump(-1, ' ', false, json::error_handler_t::replace); }

StoredFile stored_file(const json& file) {
    const std::optional<Digest> digest = Digest::from_hex(file.at("digest").get<std::string>());
    if (!digest) throw FormatError({"", "a digest has 32 hex digits, not '" + file.at("digest").dump() + "'", ""});
    return {file.at("name").get<std::string>(), file.at("size").get<std::uint64_t>(), *digest};
}

// What is wrong with one file; empty: nothing.
std::string problem_of_file(const std::string& folder, const StoredFile& file, CheckDepth depth) {
    const std::string path = folder + "/" + file.name;
    struct stat status {};
    if (::lstat(path.c_str(), &status) != 0) return file.name + ": is missing";
    if (!S_ISREG(status.st_mode)) return file.name + ": is not a regular file any more";
    if (static_cast<std::uint64_t>(status.st_size) != file.size) {
        return file.name + ": has " + std::to_string(status.st_size) + " bytes, " + std::to_string(file.size) + " were written";
    }
    if (depth == CheckDepth::contents) {
        const OpenFile open(path, O_RDONLY);
        if (digest_of_descriptor(open.number(), path) != file.digest) {
            return file.name + ": its content has changed since it was written";
        }
    }
    return "";
}

/// What `to_json` writes, and nothing else.
std::optional<Manifest> written_manifest(std::string_view text) {
    constexpr std::string_view head = "{\"weft_manifest\":1,\n\"task\":";
    constexpr std::string_view middle = ",\n\"files\":[";
    if (!text.starts_with(head)) return std::nullopt;
    JsonScanner scanner(text.substr(head.size()));
    std::string_view task;
    std::string digest;
    if (!scanner.value(task) || !scanner.literal(middle)) return std::nullopt;
    Manifest manifest{.entry = journal_entry_from_json(task)};
    for (bool more = !scanner.is_at(']'); more; more = scanner.literal(",")) {
        StoredFile& file = manifest.files.emplace_back();
        const bool read = scanner.literal("\n{\"name\":") && scanner.string(file.name) && scanner.literal(",\"size\":") &&
                          scanner.number(file.size) && scanner.literal(",\"digest\":") && scanner.string(digest) && scanner.literal("}");
        const std::optional<Digest> known = read ? Digest::from_hex(digest) : std::nullopt;
        if (!known) return std::nullopt;
        file.digest = *known;
    }
    return scanner.literal("]}\n") && scanner.at_end() ? std::optional(std::move(manifest)) : std::nullopt;
}

Manifest manifest_from_json(const std::string& text, const std::string& path) {
    try {
        if (std::optional<Manifest> manifest = written_manifest(text)) return std::move(*manifest);
        const json manifest = json::parse(text);
        if (manifest.at("weft_manifest") != manifest_version) throw FormatError({"", "is of another version than 1", ""});
        Manifest result{.entry = journal_entry_from_json(manifest.at("task").dump())};
        for (const json& file : manifest.at("files")) result.files.push_back(stored_file(file));
        return result;
    } catch (const json::exception& error) {
        throw FormatError({path, std::string("is damaged: ") + error.what(), "remove the folder; its task will run again"});
    } catch (const FormatError& error) {
        throw FormatError({path, "is damaged: " + error.problem(), "remove the folder; its task will run again"});
    }
}

}  // namespace

std::string to_json(const Manifest& manifest) {
    std::string text = "{\"weft_manifest\":" + std::to_string(manifest_version) + ",\n\"task\":" + to_json(manifest.entry);
    text += ",\n\"files\":[";
    const char* separator = "\n";
    for (const StoredFile& file : manifest.files) {
        const nlohmann::ordered_json line{{"name", file.name}, {"size", file.size}, {"digest", file.digest.hex()}};
        try {
            text += separator + line.dump();
        } catch (const json::exception&) {
            throw UsageError({shown(file.name), "the name of an output is not text in UTF-8", "give the output another name"});
        }
        separator = ",\n";
    }
    return text + "]}\n";
}

Manifest read_manifest(const std::string& folder) {
    const std::string path = manifest_path(folder);
    return manifest_from_json(content_of_file(path), path);
}

std::optional<Manifest> find_manifest(const std::string& folder) {
    const std::string path = manifest_path(folder);
    const std::optional<std::string> text = content_of_file_if_there(path);
    return text ? std::optional(manifest_from_json(*text, path)) : std::nullopt;
}

std::vector<std::string> problems_of_result(const std::string& folder, CheckDepth depth) {
    try {
        return problems_of_files(folder, read_manifest(folder), depth);
    } catch (const Error& error) {   // an unreadable result is one more result that has to be made again
        return {error.what()};
    }
}

std::vector<std::string> problems_of_files(const std::string& folder, const Manifest& manifest, CheckDepth depth) {
    std::vector<std::string> problems;
    try {
        for (const StoredFile& file : manifest.files) {
            std::string problem = problem_of_file(folder, file, depth);
            if (!problem.empty()) problems.push_back(std::move(problem));
        }
    } catch (const Error& error) {
        problems.emplace_back(error.what());
    }
    return problems;
}

}  // namespace weft
