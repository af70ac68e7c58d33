#include "weft/executor/journal_entry.hpp"

#include <nlohmann/json.hpp>

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

}  // namespace

std::string to_json(const JournalEntry& entry) {
    const nlohmann::ordered_json line{
        {"task", entry.task},
        {"status", entry.status == JournalStatus::done ? "done" : "failed"},
        {"key", entry.key.digest().hex()},
        {"form", json::parse(entry.key.form())},
        {"inputs", entry.inputs},
        {"ms", entry.milliseconds},
        {"rss", entry.peak_memory},
        {"attempt", entry.attempt},
        {"host", entry.host},
    };
    return line.dump(-1, ' ', false, json::error_handler_t::replace);
}

JournalEntry journal_entry_from_json(std::string_view text) {
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
    const auto status = field<std::string>(line, "status");
    if (status != "done" && status != "failed") refuse("the field 'status' is '" + status + "', neither done nor failed");
    entry.status = status == "done" ? JournalStatus::done : JournalStatus::failed;
    return entry;
}

}  // namespace weft
