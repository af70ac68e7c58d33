#include "weft/executor/content_key.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "weft/executor/json_scanner.hpp"
#include "weft/model/error.hpp"

namespace weft {
namespace {

using nlohmann::json;   // keeps the fields of objects sorted by name

/// Writes a canonical form. Byte for byte what the JSON library writes for such an object: forms are stored and compared by digest, so
/// what is not simple is left to it.
class FormWriter {
public:
    explicit FormWriter(const std::string& stage) : stage_(stage) {}

    void add(std::string_view text) { form_ += text; }

    void add_text(std::string_view text) {
        if (!add_json_string(form_, text)) form_ += json(text).dump();
    }

    void add_value(const ParameterValue& value, const std::string& name) {
        if (const auto* truth = std::get_if<bool>(&value)) return add(*truth ? "true" : "false");
        if (const auto* whole = std::get_if<std::int64_t>(&value)) return add(std::to_string(*whole));
        if (const auto* number = std::get_if<double>(&value)) return add_number(*number, name);
        if (const auto* text = std::get_if<std::string>(&value)) return add_text(*text);
        const char* separator = "[";
        for (const ParameterValue& item : std::get<std::vector<ParameterValue>>(value)) {
            add(std::exchange(separator, ","));
            add_value(item, name);
        }
        add(*separator == '[' ? "[]" : "]");
    }

    std::string take() { return std::move(form_); }

private:
    void add_number(double value, const std::string& name) {
        if (!std::isfinite(value)) {
            throw UsageError({stage_ + "." + name, "is " + std::to_string(value) + "; a number that decides a result must be finite", "give a number"});
        }
        constexpr double exact = 9007199254740992.0;   // 2^53: below it every whole number is a double
        if (std::trunc(value) == value && std::abs(value) < exact) return add(std::to_string(static_cast<std::int64_t>(value)));
        add(json(value).dump());
    }

    const std::string& stage_;
    std::string form_{};
};

bool is_form(const json& form) {
    const auto has = [&](const char* field, json::value_t type) { return form.contains(field) && form[field].type() == type; };
    if (!form.is_object() || form.size() != 4) return false;
    if (!has("stage", json::value_t::string) || !has("version", json::value_t::string)) return false;
    if (!has("parameters", json::value_t::object) || !has("inputs", json::value_t::array)) return false;
    return std::ranges::all_of(form["inputs"], [](const json& input) {
        return input.is_string() && Digest::from_hex(input.get_ref<const std::string&>()).has_value();
    });
}

/// Whether a text has the shape of a form, without a blank.
bool looks_written(std::string_view text) {
    JsonScanner scanner(text);
    std::string_view part;
    if (!scanner.literal(R"({"inputs":[)")) return false;
    for (bool more = !scanner.is_at(']'); more; more = scanner.literal(","))
        if (!scanner.value(part) || !part.starts_with('"') || !Digest::from_hex(part.substr(1, part.size() - 2))) return false;
    if (!scanner.literal(R"(],"parameters":)") || !scanner.is_at('{') || !scanner.value(part)) return false;
    if (!scanner.literal(R"(,"stage":)") || !scanner.is_at('"') || !scanner.value(part)) return false;
    return scanner.literal(R"(,"version":)") && scanner.is_at('"') && scanner.value(part) && scanner.literal("}") && scanner.at_end();
}

class DifferenceList {
public:
    void compare(const std::string& field, const json* old_value, const json* new_value) {
        if (old_value != nullptr && new_value != nullptr && *old_value == *new_value) return;
        list_.push_back({field, old_value == nullptr ? "" : old_value->dump(), new_value == nullptr ? "" : new_value->dump()});
    }
    std::vector<KeyDifference> take() { return std::move(list_); }

private:
    std::vector<KeyDifference> list_{};
};

}  // namespace

ContentKey::ContentKey(const KeyFields& fields) {
    FormWriter form(fields.stage);
    try {
        form.add(R"({"inputs":[)");
        const char* separator = "\"";
        for (const Digest& input : fields.inputs) {
            form.add(std::exchange(separator, ",\""));
            form.add(input.hex());
            form.add("\"");
        }
        form.add(R"(],"parameters":{)");
        separator = "";
        for (const auto& [name, value] : fields.parameters) {
            form.add(std::exchange(separator, ","));
            form.add_text(name);
            form.add(":");
            form.add_value(value, name);
        }
        form.add(R"(},"stage":)");
        form.add_text(fields.stage);
        form.add(R"(,"version":)");
        form.add_text(fields.stage_version);
        form.add("}");
        form_ = form.take();
    } catch (const json::exception&) {
        throw UsageError({"stage '" + fields.stage + "'", "a parameter is not text in UTF-8", "write the pipeline file in UTF-8"});
    }
    digest_ = digest_of(form_);
}

ContentKey ContentKey::from_form(std::string_view text) {
    const json form = json::parse(text, nullptr, false);
    if (!is_form(form)) {
        throw FormatError({"", "not the canonical form of a key: '" + std::string(text.substr(0, 100)) + "'",
                           "it is made by weft; do not edit it"});
    }
    ContentKey key;
    key.form_ = form.dump();   // the one way to write it, should somebody have added a space
    key.digest_ = digest_of(key.form_);
    return key;
}

std::optional<ContentKey> ContentKey::from_form(std::string_view text, const Digest& digest) {
    if (!looks_written(text) || digest_of(text) != digest) return std::nullopt;
    ContentKey key;
    key.form_ = text;
    key.digest_ = digest;
    return key;
}

std::vector<KeyDifference> differences(const ContentKey& old_key, const ContentKey& new_key) {
    if (old_key == new_key) return {};
    const json before = json::parse(old_key.form());
    const json after = json::parse(new_key.form());
    DifferenceList found;
    for (const char* field : {"stage", "version"}) found.compare(field, &before[field], &after[field]);

    std::set<std::string> names;
    const json& old_parameters = before["parameters"];
    const json& new_parameters = after["parameters"];
    for (const auto& item : old_parameters.items()) names.insert(item.key());
    for (const auto& item : new_parameters.items()) names.insert(item.key());
    const auto value_in = [](const json& object, const std::string& name) {
        const auto place = object.find(name);
        return place == object.end() ? nullptr : &*place;
    };
    for (const std::string& name : names) {
        found.compare("parameters." + name, value_in(old_parameters, name), value_in(new_parameters, name));
    }

    const json& old_inputs = before["inputs"];
    const json& new_inputs = after["inputs"];
    for (std::size_t i = 0; i < std::max(old_inputs.size(), new_inputs.size()); ++i) {
        found.compare("inputs[" + std::to_string(i) + "]", i < old_inputs.size() ? &old_inputs[i] : nullptr,
                      i < new_inputs.size() ? &new_inputs[i] : nullptr);
    }
    return found.take();
}

}  // namespace weft
