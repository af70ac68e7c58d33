// Numbers as people read them.
#pragma once

#include <cstdint>
#include <string>

namespace weft {

std::string with_commas(std::uint64_t number);        // 12345678 -> "12,345,678"
std::string bases_text(std::uint64_t bases);          // "812 b", "45.2 kb", "1.3 Mb", "2.9 Gb"
std::string bytes_text(std::uint64_t bytes);          // "812 B", "45.2 kB", "1.3 MB", "2.9 GB"
std::string duration_text(double seconds);            // "0:12", "1:02:03"
std::string percent_text(std::uint64_t part, std::uint64_t whole);   // "99.85 %"; of nothing: "0 %"

}  // namespace weft
