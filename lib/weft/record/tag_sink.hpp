// Writes optional fields ("tags") either as SAM text or in BAM encoding, so that what is written is decided once for all formats.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace weft {

/// Text: "\tNM:i:3". Binary: "NM", the type letter and the value, little endian (SAM specification, section 4.2.4).
enum class TagForm : std::uint8_t { text, binary };

/// Appends an integer in BAM encoding: name, the smallest type that holds it, value. What HTSlib does with the text form,
/// so that a record is the same whichever way it took. The value must fit into 32 bits, signed or unsigned.
void append_binary_integer(std::string& bytes, std::string_view name, std::int64_t value);

/// Appends tags to a buffer that the caller owns. Names have two characters.
class TagSink {
public:
    TagSink(std::string& bytes, TagForm form) : bytes_(bytes), form_(form) {}

    void character(std::string_view name, char value);
    void integer(std::string_view name, std::int64_t value);
    /// A share between 0 and 1, rounded to four decimals (f).
    void share(std::string_view name, double value);
    void string(std::string_view name, std::string_view value);

    /// A string (Z) that the caller appends to the result in pieces, closed by `end_string`.
    std::string& begin_string(std::string_view name);
    void end_string();

    /// Tags that are in the form of this sink already.
    void ready(std::string_view tags) { bytes_ += tags; }

private:
    void begin(std::string_view name, char type);

    std::string& bytes_;
    TagForm form_;
};

}  // namespace weft
