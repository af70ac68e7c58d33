// What a sort keeps in memory: packed records up to a limit, which then leave it as one sorted run. Internal to record/.
//
// The order is that of `samtools sort`: contig, position, forward before reverse strand, then input order; records without
// a place last.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "weft/record/packed_record.hpp"

namespace weft {

/// What records are sorted by, before their order in the input.
using SortKey = std::uint64_t;
SortKey sort_key(const PackedHead& head);

/// Records of one run, in input order until sorted. Not thread-safe.
class RunBuffer {
public:
    /// `memory` in bytes. Records are kept in chunks that are a fraction of it, so that a run holds many records however small it is.
    explicit RunBuffer(std::size_t memory);

    /// Copies a packed record. One that is longer than a chunk gets a chunk of its own.
    void add(const char* record);
    /// Whether the limit is passed (by a chunk at most, or by a longer record): time to sort, take the records out and clear.
    bool full() const { return memory() > limit_; }
    bool empty() const { return entries_.empty(); }
    /// Bytes held.
    std::size_t memory() const { return held_ + entries_.capacity() * sizeof(Entry); }

    void sort();
    /// Calls take(record) for every record, in order. Records are aligned as packed records must be.
    template <class Take>
    void for_each(Take&& take) const {
        for (const auto& [key, place] : entries_) take(static_cast<const char*>(chunks_[place >> 32].bytes.get() + (place & 0xffff'ffff)));
    }
    void clear();

private:
    struct Chunk {
        std::unique_ptr<char[]> bytes;   // aligned for packed records
        std::size_t capacity = 0;
        std::size_t used = 0;   // stays below 4 GiB: a packed record is smaller than that
    };
    // Key and place; places grow in input order, so equal keys keep it.
    using Entry = std::pair<SortKey, std::uint64_t>;

    std::size_t limit_;
    std::size_t chunk_bytes_;
    std::vector<Chunk> chunks_{};
    std::vector<Entry> entries_{};
    std::size_t held_ = 0;
};

}  // namespace weft
