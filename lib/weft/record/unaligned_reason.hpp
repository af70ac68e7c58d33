// Why a feature is not aligned, as the tags zr and ze say it: written by one function, read back by the other.
#pragma once

#include <string>
#include <string_view>

#include "weft/model/alignment.hpp"

namespace weft {

/// The value of zr: "no_seed".
std::string reason_word(Unaligned why);

/// A reason for people from the values of zr and ze, either of which may be missing: "no seed", "failed: out of memory"; empty when
/// both are.
std::string unaligned_reason(std::string_view word, std::string_view message);

}  // namespace weft
