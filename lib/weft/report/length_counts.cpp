#include "weft/report/length_counts.hpp"

namespace weft {
namespace {

constexpr std::int64_t exact_up_to = 1'000;

std::int64_t rounded_down(std::int64_t length) {
    if (length <= exact_up_to) return length;
    std::int64_t unit = 1;
    while (length / unit >= 100) unit *= 10;
    return length / unit * unit;
}

}  // namespace

void LengthCounts::add(std::int64_t length, std::int64_t times) {
    if (times != 0) counts_[rounded_down(length)] += times;
}

void LengthCounts::merge(const LengthCounts& other) {
    for (const auto& [length, count] : other.counts_) counts_[length] += count;
}

}  // namespace weft
