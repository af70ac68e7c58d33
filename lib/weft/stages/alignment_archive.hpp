// What the engine found for the features of a chunk, kept whole: the result of one task, read back by the one that joins them.
//
// Not BAM, because joining still has something to decide: which of several equal places a feature takes depends on the features before
// it (select/place_by_neighbours), across chunks too. So chunks keep what the engine gave, alternatives included, and the decision is
// made once, in input order: the answer does not depend on where chunks were cut.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "weft/model/alignment.hpp"

namespace weft {

/// Begins every archive; another version is refused.
inline constexpr std::string_view archive_mark = "weft alignments 1\n";

/// Appends one feature's result. Numbers are variable-length (LEB128, signed ones in zigzag).
void append_to_archive(const FeatureAlignments& result, std::string& bytes);

/// Reads an archive front to back. The bytes must outlive it.
class ArchiveReader {
public:
    /// `name` is for messages. Throws FormatError when the bytes do not begin like an archive.
    ArchiveReader(std::string_view bytes, std::string name);

    /// The next result, or false at the end. Throws FormatError for bytes that are damaged: nothing is read beyond them.
    bool read(FeatureAlignments& result);

private:
    std::uint64_t number();
    std::int64_t signed_number();
    template <class Value>
    void take(Value& value);
    void take_alignment(Alignment& alignment);
    [[noreturn]] void refuse() const;

    std::string_view rest_;
    std::string name_;
};

}  // namespace weft
