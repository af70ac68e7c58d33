// BAM records between encoding and writing.
//
// Many threads encode, one writes: what they hand over is the content of HTSlib's bam1_t in one stretch of bytes, so that the
// writer neither parses nor copies. A packed record is its head followed by the variable data, padded to a multiple of 8, so
// that records can lie one behind the other in a buffer. Internal header: it includes HTSlib.
#pragma once

#include <htslib/sam.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "weft/record/record_source.hpp"

namespace weft {

struct PackedHead {
    std::uint64_t bytes = 0;    // of the whole record: head, data, padding
    std::int32_t contig = -1;   // -1: unmapped
    std::int32_t data_bytes = 0;
    std::int64_t position = -1;   // 0-based leftmost base
    std::int32_t sequence_bases = 0;
    std::uint32_t operations = 0;
    std::uint16_t bin = 0;
    std::uint16_t flag = 0;
    std::uint16_t name_bytes = 0;   // with its padding
    std::uint8_t name_padding = 0;
    std::uint8_t mapq = 0;
};
static_assert(sizeof(PackedHead) == 40, "no hidden padding: the head is copied as bytes");

/// Appends the records of a feature: one per alignment, or one unmapped. `bytes` must hold packed records only.
/// Throws FormatError for what BAM cannot hold: the name, or a record of 2^31 bytes.
void append_packed_records(RecordSource& source, std::string& bytes);

/// Head of the record that starts at `record`, which must be aligned to 8 bytes.
PackedHead packed_head(const char* record);

/// The record as HTSlib sees it; refers to the bytes at `record`, which HTSlib does not change.
bam1_t packed_view(const char* record);

}  // namespace weft
