// Lines of a text input with their numbers, without copying: views into one large buffer.
//
// A line may be as long as a chromosome, so it can be had in parts as well; only who asks for whole lines pays memory for
// the longest. Line ends of Unix and of Windows are both taken off.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "weft/bytes/byte_reader.hpp"

namespace weft {

/// Reads lines from front to back. Not thread-safe.
class LineReader {
public:
    explicit LineReader(ByteReader bytes, std::size_t buffer_size = std::size_t{1} << 20);

    /// Up to `length` bytes that come next, fewer only at the end of the input, without taking them. Valid until the next call of
    /// any member.
    std::string_view look_ahead(std::size_t length);

    /// First character of the next line ('\n' when it is empty) without taking it; nothing at the end of the input. May only
    /// be called at the beginning of a line, that is not after a part that was not the last of its line.
    std::optional<char> peek();

    /// The next line without its end, or nothing at the end of the input. Valid until the next call of any member.
    std::optional<std::string_view> line();

    struct Part {
        std::string_view text{};
        bool ends_line = false;   // else more parts of the same line follow
    };
    /// The next part of a line: all of it when it fits the buffer. White space is never cut from the end of the line that
    /// follows it. Valid until the next call of any member.
    std::optional<Part> part();

    /// Takes what is left of a line that was begun in parts.
    void finish_line();

    /// Remembers this place, at the beginning of a line, for `rewind`: memory holds what is read from here on until the next `mark`.
    void mark();
    /// Goes back to the place of the last `mark`.
    void rewind();

    /// Number, from 1, of the line that was taken last.
    std::uint64_t line_number() const { return line_number_; }

    const std::string& name() const { return bytes_.name(); }
    std::uint64_t bytes_done() const { return bytes_.bytes_done(); }

private:
    bool refill();
    std::string_view take(std::size_t length, std::size_t terminator);

    ByteReader bytes_;
    std::vector<char> buffer_;
    std::size_t begin_ = 0;   // unread bytes are [begin_, end_)
    std::size_t end_ = 0;
    std::uint64_t line_number_ = 0;
    bool inside_line_ = false;
    std::optional<std::size_t> marked_{};     // in the buffer, at or before begin_
    std::uint64_t marked_line_number_ = 0;
    bool at_end_ = false;     // no bytes behind end_
};

}  // namespace weft
