// Optional fields that came with a feature: taken apart, printed, and read from a header comment.
//
// Fields of BAM input travel in BAM encoding and are checked here against their own length: HTSlib does not do so when it
// reads, and a damaged field must not lead outside the record.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace weft {

/// One field in BAM encoding. Views into the bytes it was taken from.
struct OptionalField {
    std::string_view name{};    // two characters
    char type = 'Z';            // A c C s S i I f d Z H B
    std::string_view value{};   // without name and type; the final NUL of Z and H included
    std::string_view whole{};   // name, type and value
};

/// Bytes of the first field of `encoded`; nothing when it is damaged or there is none.
std::optional<std::size_t> field_size(std::string_view encoded);

/// The fields of a record in BAM encoding, in order. Throws FormatError naming `where` when they are damaged.
std::vector<OptionalField> optional_fields(std::string_view encoded, const std::string& where);

/// Appends "NM:i:3" without a tab, numbers with a point as HTSlib prints them: 6 digits.
void append_as_text(const OptionalField& field, std::string& text);

/// The same with as many digits as it takes to read the same number again.
void append_as_exact_text(const OptionalField& field, std::string& text);

/// Appends the BAM encoding of one field given as SAM text ("NM:i:3"); false, and nothing appended, when it is none.
bool append_encoded(std::string_view text, std::string& encoded);

}  // namespace weft
