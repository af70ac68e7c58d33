// MD5 of a text, as SAM headers want it for reference sequences (@SQ M5).
#pragma once

#include <string>
#include <string_view>

namespace weft {

/// MD5 (RFC 1321) as 32 lower-case hex digits.
std::string md5_hex(std::string_view text);

}  // namespace weft
