#include "weft/executor/journal_entry.hpp"

#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "weft/executor/json_scanner.hpp"
#include "weft/model/error.hpp"

namespace weft {
namespace {

using nlohmann::json;

[[noreturn]] void refuse(const std::string& problem) { throw FormatError({"", problem, ""}); }

template <class T>
T field(const json& object, const char* name) {
    const auto place = object.find(name);
    if (place == object.end()) refuse(std::string("the field '") + name + "' is missing");
    try {
        return place->get<T>();
    } catch (const json::exception&) {
        refuse(std::string("the field '") + name + "' has another type: " + place->dump().substr(0, 100));
    }
}

/// With replacement characters for what is not UTF-8.
void add_text(std::string& line, std::string_view text) {
    if (!add_json_string(line, text)) line += json(text).dump(-1, ' ', false, json::error_handler_t::replace);
}

JournalStatus status_named(const std::string& status) {
    if (status != "done" && status != "failed") refuse("the field 'status' is '" + status + "', neither done nor failed");
    return status == "done" ? JournalStatus::done : JournalStatus::failed;
}

/// What `to_json` writes, and nothing else.
std::optional<JournalEntry> written_entry(std::string_view text) {
    JsonScanner scanner(text);
    std::string task, status, key;
    std::string_view form;
    if (!scanner.literal(R"({"task":)") || !scanner.string(task) || !scanner.literal(R"(,"status":)") || !scanner.string(status) ||
        !scanner.literal(R"(,"key":)") || !scanner.string(key) || !scanner.literal(R"(,"form":)") || !scanner.value(form))
        return std::nullopt;
    const std::optional<Digest> digest = Digest::from_hex(key);
    std::optional<ContentKey> whole_key = digest ? ContentKey::from_form(form, *digest) : std::nullopt;
    if (!whole_key || (status != "done" && status != "failed")) return std::nullopt;

    JournalEntry entry{.key = std::move(*whole_key), .task = std::move(task), .status = status_named(status)};
    if (!scanner.literal(R"(,"inputs":[)")) return std::nullopt;
    for (bool more = !scanner.is_at(']'); more; more = scanner.literal(","))
        if (!scanner.string(entry.inputs.emplace_back())) return std::nullopt;
    const bool whole = scanner.literal(R"(],"ms":)") && scanner.number(entry.milliseconds) && scanner.literal(R"(,"rss":)") &&
                       scanner.number(entry.peak_memory) && scanner.literal(R"(,"attempt":)") && scanner.number(entry.attempt) &&
                       scanner.literal(R"(,"host":)") && scanner.string(entry.host) && scanner.literal("}") && scanner.at_end();
    return whole ? std::optional(std::move(entry)) : std::nullopt;
}

}  // namespace

std::string to_json(const JournalEntry& entry) {
    std::string line = R"({"task":)";
    add_text(line, entry.task);
    line += entry.status == JournalStatus::done ? R"(,"status":"done")" : R"(,"status":"failed")";
    line += R"(,"key":")" + entry.key.digest().hex() + R"(","form":)" + entry.key.form() + R"(,"inputs":[)";
    for (std::size_t i = 0; i < entry.inputs.size(); ++i) {
        if (i > 0) line += ',';
        add_text(line, entry.inputs[i]);
    }
    line += R"(],"ms":)" + std::to_string(entry.milliseconds) + R"(,"rss":)" + std::to_string(entry.peak_memory) + R"(,"attempt":)" +
            std::to_string(entry.attempt) + R"(,"host":)";
    add_text(line, entry.host);
    return line + '}';
}

JournalEntry journal_entry_from_json(std::string_view text) {
    if (std::optional<JournalEntry> entry = written_entry(text)) return std::move(*entry);
    const json line = json::parse(text, nullptr, false);
    if (!line.is_object()) refuse("is not a JSON object");
    if (!line.contains("form")) refuse("the field 'form' is missing");
    JournalEntry entry{.key = ContentKey::from_form(line["form"].dump())};
    if (Digest::from_hex(field<std::string>(line, "key")) != entry.key.digest()) refuse("the field 'key' is not the digest of the form");
    entry.task = field<std::string>(line, "task");
    entry.inputs = field<std::vector<std::string>>(line, "inputs");
    entry.milliseconds = field<std::int64_t>(line, "ms");
    entry.peak_memory = field<std::uint64_t>(line, "rss");
    entry.attempt = field<int>(line, "attempt");
    entry.host = field<std::string>(line, "host");
    entry.status = status_named(field<std::string>(line, "status"));
    return entry;
}

}  // namespace weft
