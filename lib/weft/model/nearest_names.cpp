#include "weft/model/nearest_names.hpp"

#include <algorithm>
#include <utility>

#include "weft/model/sequence.hpp"

namespace weft {
namespace {

// Names that begin with what was typed are what people mean when they type half a name.
constexpr std::size_t shortest_beginning = 3;

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit) {
    const std::size_t difference = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
    if (difference > limit) return limit + 1;
    std::vector<std::size_t> before(b.size() + 1), above(b.size() + 1), row(b.size() + 1);   // the last three rows of the table
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    const auto same = [&](std::size_t i, std::size_t j) { return upper(a[i - 1]) == upper(b[j - 1]); };
    for (std::size_t i = 1; i <= a.size(); ++i) {
        before.swap(above);
        above.swap(row);
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (same(i, j) ? 0 : 1)});
            if (i > 1 && j > 1 && same(i, j - 1) && same(i - 1, j)) row[j] = std::min(row[j], before[j - 2] + 1);
        }
    }
    return std::min(row.back(), limit + 1);
}

NearestNames::NearestNames(std::string word, std::size_t most) : word_(std::move(word)), most_(most) {}

void NearestNames::offer(std::string_view name) {
    const std::size_t limit = std::max<std::size_t>(1, word_.size() / 3);
    const bool begins = word_.size() >= shortest_beginning && name.starts_with(word_);
    const std::size_t distance = begins ? 0 : edit_distance(word_, name, limit);
    if (distance > limit) return;
    if (best_.size() == most_ && best_.back().distance <= distance) return;
    if (std::any_of(best_.begin(), best_.end(), [&](const Candidate& known) { return known.name == name; })) return;
    const auto place = std::upper_bound(best_.begin(), best_.end(), distance, [](std::size_t d, const Candidate& known) { return d < known.distance; });
    best_.insert(place, {distance, std::string(name)});
    if (best_.size() > most_) best_.pop_back();
}

std::vector<std::string> NearestNames::names() const {
    std::vector<std::string> names;
    for (const Candidate& candidate : best_) names.push_back(candidate.name);
    return names;
}

std::string NearestNames::question() const {
    std::string text;
    for (std::size_t i = 0; i < best_.size(); ++i)
        text += (i == 0 ? "did you mean " : i + 1 == best_.size() ? " or " : ", ") + best_[i].name;
    return text.empty() ? text : text + "?";
}

}  // namespace weft
