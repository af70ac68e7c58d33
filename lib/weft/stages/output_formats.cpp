#include "weft/stages/output_formats.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "weft/model/error.hpp"

namespace weft {
namespace {

constexpr std::array<std::pair<std::string_view, OutputFormat>, 4> words{
    {{"bam", OutputFormat::bam}, {"sam", OutputFormat::sam}, {"cram", OutputFormat::cram}, {"paf", OutputFormat::paf}}};

bool is_format(std::string_view word) {
    return std::any_of(words.begin(), words.end(), [&](const auto& known) { return known.first == word; });
}

/// Formats by which a stage's alignments are asked for, sorted.
std::set<std::string> asked_of(const Pipeline& pipeline, const StageConfig& stage) {
    std::set<std::string> asked;
    if (const auto* publish = stage.settings.get_if<TextMap>("publish"))
        for (const auto& [output, file] : *publish)
            if (is_format(output)) asked.insert(output);
    const std::string prefix = "input." + stage.base + ".";
    for (const StageConfig& other : pipeline.stages)
        for (const auto& [name, setting] : other.settings) {
            const auto* text = std::get_if<LateText>(&setting.value);
            if (text == nullptr) continue;
            for (const TextPart& part : text->parts)
                if (part.kind == TextPart::Kind::late && part.text.starts_with(prefix) && is_format(part.text.substr(prefix.size())))
                    asked.insert(part.text.substr(prefix.size()));
        }
    return asked;
}

}  // namespace

std::vector<std::string> alignment_outputs() {
    std::vector<std::string> names{"alignments"};
    for (const auto& [word, format] : words) names.emplace_back(word);
    names.emplace_back("index");
    return names;
}

std::string_view word_of(OutputFormat format) {
    return std::find_if(words.begin(), words.end(), [&](const auto& known) { return known.second == format; })->first;
}

OutputFormat format_of_word(std::string_view word) {
    return std::find_if(words.begin(), words.end(), [&](const auto& known) { return known.first == word; })->second;
}

std::optional<OutputFormat> alignment_format(const Pipeline& pipeline, const StageConfig& stage) {
    std::set<std::string> asked = asked_of(pipeline, stage);
    const std::string& given = stage.settings.get<std::string>("format");
    if (given != "auto") asked.insert(given);
    if (asked.empty()) return std::nullopt;
    if (asked.size() > 1)
        throw UsageError{{fmt::format("{}:{}: stage '{}'", stage.file, stage.position.line, stage.name),
                          fmt::format("its alignments are asked for as {}, but a stage writes one format", fmt::join(asked, " and ")),
                          "refer to ${input." + stage.base + ".alignments}, which is whatever it writes, or convert with a `run` stage"}};
    return format_of_word(*asked.begin());
}

}  // namespace weft
