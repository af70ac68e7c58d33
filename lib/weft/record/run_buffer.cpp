#include "weft/record/run_buffer.hpp"

#include <algorithm>
#include <cstring>

#include "weft/record/record_shape.hpp"

namespace weft {
namespace {

constexpr std::size_t chunk_least = std::size_t{4} << 10;   // bytes of a chunk: a quarter of the memory between these two
constexpr std::size_t chunk_most = std::size_t{4} << 20;

}  // namespace

// 31 bits contig, 32 bits position + 1, 1 bit strand. BAM and CRAM allow no more of each; the last contig stands for none.
SortKey sort_key(const PackedHead& head) {
    constexpr SortKey no_contig = (SortKey{1} << 31) - 1;
    const SortKey contig = head.contig < 0 ? no_contig : static_cast<SortKey>(head.contig);
    const SortKey reverse = (head.flag & flag_reverse) != 0 ? 1 : 0;
    return contig << 33 | static_cast<SortKey>(head.position + 1) << 1 | reverse;
}

RunBuffer::RunBuffer(std::size_t memory) : limit_(memory), chunk_bytes_(std::clamp(memory / 4, chunk_least, chunk_most)) {}

void RunBuffer::add(const char* record) {
    const PackedHead head = packed_head(record);
    if (chunks_.empty() || chunks_.back().capacity - chunks_.back().used < head.bytes) {
        const std::size_t capacity = std::max<std::size_t>(chunk_bytes_, head.bytes);
        chunks_.push_back({std::make_unique_for_overwrite<char[]>(capacity), capacity, 0});
        held_ += capacity;
    }
    Chunk& chunk = chunks_.back();
    std::memcpy(chunk.bytes.get() + chunk.used, record, head.bytes);
    entries_.push_back({sort_key(head), static_cast<std::uint64_t>(chunks_.size() - 1) << 32 | chunk.used});
    chunk.used += head.bytes;
}

void RunBuffer::sort() { std::sort(entries_.begin(), entries_.end()); }

void RunBuffer::clear() {
    chunks_.clear();
    entries_.clear();
    held_ = 0;
}

}  // namespace weft
