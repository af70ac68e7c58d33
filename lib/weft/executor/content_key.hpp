// The name of a result: a digest of everything that decides what the result will be, and of nothing else.
//
// Stage, stage version, the parameters that change output, and the content of the inputs. Not the paths, threads or retries:
// a result stays valid when a folder moves. The text that was hashed, the canonical form, is kept beside the digest, so that
// "why did this run again?" has an answer that names the field.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "weft/bytes/digest.hpp"

namespace weft {

/// Value of a parameter. Numbers count by value: 1.0 is 1, and -0.0 is 0.
struct ParameterValue : std::variant<bool, std::int64_t, double, std::string, std::vector<ParameterValue>> {
    using variant::variant;
};

/// What goes into a key. Defaults must be filled in: then giving one explicitly changes nothing.
struct KeyFields {
    std::string stage{};
    std::string stage_version{};
    std::map<std::string, ParameterValue> parameters{};   // those that change output
    std::vector<Digest> inputs{};                         // of their content, in the order in which the stage reads them
};

/// Key of a result. Equal fields give equal keys on every machine.
class ContentKey {
public:
    /// Throws UsageError for what has no canonical form: numbers that are not finite, text that is not UTF-8.
    explicit ContentKey(const KeyFields& fields);

    /// The key of a canonical form that was stored. Throws FormatError when the text is none.
    static ContentKey from_form(std::string_view form);

    /// The same for a form whose digest was stored beside it: none when the two do not belong together or the text does not look as this
    /// class writes it. Many times faster, since a text that has the digest of a canonical form needs no second look.
    static std::optional<ContentKey> from_form(std::string_view form, const Digest& digest);

    const Digest& digest() const { return digest_; }
    /// JSON on one line: fields by name, sorted.
    const std::string& form() const { return form_; }

    friend bool operator==(const ContentKey& a, const ContentKey& b) { return a.digest_ == b.digest_; }

private:
    ContentKey() = default;

    std::string form_{};
    Digest digest_{};
};

/// A field in which two keys differ.
struct KeyDifference {
    std::string field{};       // "stage", "version", "parameters.chain.max_gap", "inputs[0]" (from 0)
    std::string old_value{};   // as JSON; empty: the field was not there
    std::string new_value{};   // as JSON; empty: the field is not there any more

    friend bool operator==(const KeyDifference&, const KeyDifference&) = default;
};

/// All fields that differ: stage, version, parameters by name, inputs in order. Empty for equal keys.
std::vector<KeyDifference> differences(const ContentKey& old_key, const ContentKey& new_key);

}  // namespace weft
