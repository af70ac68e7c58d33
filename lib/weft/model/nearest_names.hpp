// "Did you mean ...?": the names nearest to one that was not found, gathered while names go by.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace weft {

/// Single-letter changes and swaps of neighbouring letters between two words (Damerau 1964, no part changed twice), counted up to
/// `limit`; a larger distance gives limit + 1.
/// O(length of a x length of b).
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit);

/// Keeps the best few of all names that it is shown.
class NearestNames {
public:
    /// Names farther away than a third of the word are no suggestions.
    explicit NearestNames(std::string word, std::size_t most = 3);

    void offer(std::string_view name);

    /// Nearest first, ties in the order in which they were offered; every name once.
    std::vector<std::string> names() const;

    /// "did you mean a, b or c?", or nothing when no name is near.
    std::string question() const;

private:
    struct Candidate {
        std::size_t distance;
        std::string name;
    };

    std::string word_;
    std::size_t most_;
    std::vector<Candidate> best_{};
};

}  // namespace weft
