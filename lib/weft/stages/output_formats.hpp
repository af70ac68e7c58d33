// Which format a stage writes its alignments in: the one that `format` names, or the one that others ask it for.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "weft/pipeline/pipeline.hpp"
#include "weft/record/alignment_writer.hpp"

namespace weft {

/// Output names that stages with alignments have: "alignments" whatever the format, and the formats by name.
std::vector<std::string> alignment_outputs();

/// Word and type of a format.
std::string_view word_of(OutputFormat format);
OutputFormat format_of_word(std::string_view word);

/// The format of a stage: `format`; where that is auto, the one that `publish` or another stage's ${input.STAGE.FORMAT} asks for; nothing
/// when nobody asks. Throws UsageError when two are asked for, or another one than `format`.
std::optional<OutputFormat> alignment_format(const Pipeline& pipeline, const StageConfig& stage);

}  // namespace weft
