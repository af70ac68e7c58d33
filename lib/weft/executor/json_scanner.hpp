// Reads the lines that weft has written itself, field by field and in place.
//
// A work folder of ten thousand results is read at every start, and a library that builds a tree of every line first takes half a second
// for that. What does not look exactly as it was written makes a step fail, and whoever reads then asks the library, which knows all of
// JSON and says what is wrong.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace weft {

/// A place in a text. Each step goes behind what it read and says whether that was there; after a step that failed the place is undefined.
class JsonScanner {
public:
    explicit JsonScanner(std::string_view text) : rest_(text) {}

    /// Exactly these bytes.
    bool literal(std::string_view text);

    /// A string in UTF-8. Escapes other than \" \\ \/ \n \r \t \b \f are for the library.
    bool string(std::string& value);

    /// A whole number that fits.
    bool number(std::int64_t& value);
    bool number(std::uint64_t& value);
    bool number(int& value);

    /// Any value; `text` is how it is written.
    bool value(std::string_view& text);

    bool at_end() const { return rest_.empty(); }
    bool is_at(char letter) const { return !rest_.empty() && rest_.front() == letter; }

private:
    template <class Number>
    bool whole(Number& value);
    bool skip_string();
    bool skip_number();
    bool skip_digits();
    bool skip_value(int depth);
    template <class Item>
    bool skip_items(char end, Item item);

    std::string_view rest_;
};

/// Adds a text as a JSON string, byte for byte as the library writes it; false, and nothing added, when that is for the library to say:
/// letters beyond ASCII and control characters.
bool add_json_string(std::string& to, std::string_view text);

}  // namespace weft
