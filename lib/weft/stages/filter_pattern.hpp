// The regular expressions of a filter. RE2 matches in time linear in the text, so that no pattern of a user can stall a run.
//
// A pattern is compiled once and shared by all copies of its expression. RE2 stays behind this header.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace re2 {
class RE2;
}

namespace weft {

/// A compiled pattern. Copies are cheap and share it; matching is safe from several threads.
class FilterPattern {
public:
    /// `text` is in RE2's syntax, UTF-8, without the slashes around it. Throws UsageError with RE2's words when it is no pattern.
    explicit FilterPattern(std::string_view text);

    /// Whether the pattern matches the whole of `subject`.
    bool matches(std::string_view subject) const;

    const std::string& text() const;

    bool operator==(const FilterPattern& other) const { return text() == other.text(); }

private:
    std::shared_ptr<const re2::RE2> compiled_;
};

}  // namespace weft
