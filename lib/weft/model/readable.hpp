// Numbers as people read them, in one form wherever a run is told: lines of progress, metrics, drawings, advice.
#pragma once

#include <cstdint>
#include <string>

namespace weft {

std::string grouped(std::uint64_t number);          // 12345678 -> "12,345,678"
std::string time_text(double seconds);              // "0.35 ms", "42 ms", "4.2 s", "3:07", "1:02:03"
std::string size_text(std::uint64_t bytes);         // "812 B", "45.2 kB", "1.3 MB", "2.9 GB"
std::string share_text(double share);               // 0.4567 -> "46 %", 0.004 -> "0.4 %"
std::string count_text(std::uint64_t count, const char* noun);   // "1 task", "2,380 tasks"

}  // namespace weft
