#include "weft/bytes/line_reader.hpp"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <utility>

namespace weft {
namespace {

bool is_white(char character) { return character == ' ' || character == '\t' || character == '\r'; }

}  // namespace

LineReader::LineReader(ByteReader bytes, std::size_t buffer_size) : bytes_(std::move(bytes)), buffer_(std::max<std::size_t>(buffer_size, 2)) {}

// Gets more bytes behind the unread ones; false when there are none. Unread bytes, and those behind a mark, move to the front; a
// buffer that is full of them grows.
bool LineReader::refill() {
    if (at_end_) return false;
    const std::size_t kept = marked_.value_or(begin_);
    std::memmove(buffer_.data(), buffer_.data() + kept, end_ - kept);
    end_ -= kept;
    begin_ -= kept;
    if (marked_) marked_ = 0;
    if (end_ == buffer_.size()) buffer_.resize(2 * buffer_.size());
    const std::size_t wanted = buffer_.size() - end_;
    const std::size_t got = bytes_.read({buffer_.data() + end_, wanted});
    end_ += got;
    at_end_ = got < wanted;
    return got > 0;
}

// Takes `length` bytes and `terminator` more that are not shown.
std::string_view LineReader::take(std::size_t length, std::size_t terminator) {
    const std::string_view text(buffer_.data() + begin_, length);
    begin_ += length + terminator;
    return text;
}

void LineReader::finish_line() {
    while (inside_line_) (void)part();
}

void LineReader::mark() {
    assert(!inside_line_);
    marked_ = begin_;
    marked_line_number_ = line_number_;
}

void LineReader::rewind() {
    assert(marked_);
    begin_ = *marked_;
    line_number_ = marked_line_number_;
    inside_line_ = false;
}

std::string_view LineReader::look_ahead(std::size_t length) {
    while (end_ - begin_ < length && refill()) {}
    return {buffer_.data() + begin_, std::min(length, end_ - begin_)};
}

std::optional<char> LineReader::peek() {
    assert(!inside_line_);
    if (begin_ == end_ && !refill()) return std::nullopt;
    return buffer_[begin_] == '\r' && look_ahead(2) == "\r\n" ? '\n' : buffer_[begin_];
}

std::optional<std::string_view> LineReader::line() {
    assert(!inside_line_);
    std::size_t searched = 0;
    const char* line_end = nullptr;
    for (;;) {
        const char* const unread = buffer_.data() + begin_;
        line_end = static_cast<const char*>(std::memchr(unread + searched, '\n', end_ - begin_ - searched));
        if (line_end != nullptr) break;
        searched = end_ - begin_;
        if (!refill()) break;
    }
    if (line_end == nullptr && begin_ == end_) return std::nullopt;
    ++line_number_;
    std::size_t length = line_end == nullptr ? end_ - begin_ : static_cast<std::size_t>(line_end - (buffer_.data() + begin_));
    std::size_t terminator = line_end == nullptr ? 0 : 1;
    if (length > 0 && buffer_[begin_ + length - 1] == '\r') --length, ++terminator;
    return take(length, terminator);
}

std::optional<LineReader::Part> LineReader::part() {
    std::size_t searched = 0;
    for (;;) {
        const char* const unread = buffer_.data() + begin_;
        const auto* const line_end = static_cast<const char*>(std::memchr(unread + searched, '\n', end_ - begin_ - searched));
        std::size_t length = line_end == nullptr ? end_ - begin_ : static_cast<std::size_t>(line_end - unread);
        searched = length;
        if (line_end != nullptr || at_end_) {
            // The last part may have been given out before it was known that nothing follows.
            if (line_end == nullptr && length == 0 && !inside_line_) return std::nullopt;
            line_number_ += !std::exchange(inside_line_, false);
            const bool carriage_return = length > 0 && unread[length - 1] == '\r';
            length -= carriage_return;
            return Part{take(length, carriage_return + (line_end != nullptr)), true};
        }
        if (begin_ == 0 && end_ == buffer_.size()) {
            // White space at the end is kept back: it may belong to the line end, which only the next part can tell.
            while (length > 0 && is_white(unread[length - 1])) --length;
            if (length > 0) {
                line_number_ += !std::exchange(inside_line_, true);
                return Part{take(length, 0), false};
            }
        }
        (void)refill();
    }
}

}  // namespace weft
