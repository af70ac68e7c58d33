// gzip and BGZF in memory, for tests of readers.
#pragma once

#include <string>
#include <string_view>

namespace weft::test {

/// One gzip member of up to 64 kB of text.
std::string gzip(std::string_view text);
/// One BGZF block of up to 64 kB of text, without the end marker.
std::string bgzf_block(std::string_view text);
/// A BGZF file: blocks and the end marker.
std::string bgzf(std::string_view text);

}  // namespace weft::test
