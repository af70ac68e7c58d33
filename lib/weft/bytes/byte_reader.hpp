// The bytes of a text input, decompressed when they are gzip or BGZF, and complete: a file that was cut off is an error.
//
// gzip ends each member with its length and check sum, BGZF ends a file with an empty block. Both are demanded here,
// because half a genome parses just as well as a whole one.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "weft/bytes/checksum.hpp"
#include "weft/bytes/input_file.hpp"

namespace weft {

/// Reads an input from front to back. Not thread-safe.
class ByteReader {
public:
    /// Takes over an input of which nothing was read yet. Throws FormatError at once when a BGZF file that can be sought in
    /// lacks its end marker. `raw` takes the bytes of the file as they are read; uncompressed files only.
    explicit ByteReader(InputFile file, Checksum* raw = nullptr);

    /// Fills `bytes` as far as the input goes and returns how much that was; less than asked for means the end. Throws
    /// FormatError for truncated or damaged compression, SystemError when reading fails.
    std::size_t read(std::span<char> bytes);

    const std::string& name() const { return name_; }
    bool is_compressed() const { return bgzf_ != nullptr; }

    /// Bytes taken from the file so far, compressed ones if it is.
    std::uint64_t bytes_done() const;

private:
    std::string name_;
    HFile plain_{};      // one of these two is set
    BgzfFile bgzf_{};
    hFILE* raw_stream_;  // the stream inside whichever is set
    Checksum* raw_;
    bool damaged_ = false;
};

}  // namespace weft
