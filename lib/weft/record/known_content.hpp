// Content that is plainly something else than sequences, so that the message can say what it is instead of a line number.
#pragma once

#include <string>
#include <string_view>

namespace weft {

/// Throws FormatError when `begin`, the first bytes of a file, are those of a format that weft does not read here.
void refuse_known_content(const std::string& name, std::string_view begin);

/// Throws FormatError "is neither EXPECTED ..." when `begin` is not text.
void refuse_binary_content(const std::string& name, std::string_view begin, const std::string& expected);

}  // namespace weft
