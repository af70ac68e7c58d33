// Builds the minimizer table of an index: entries sorted by (slot, position), the directory of buckets over them, and how often
// minimizers occur.
//
// Two phases. First, workers throw minimizers into partitions by the top bits of their slots, each worker into blocks of its
// own, in whatever order they come. Then each partition, small enough for the second-level cache, is distributed to its buckets
// by counting, straight to its place in the table, and each bucket, two entries on average, is sorted. As the sort is by value,
// the result does not depend on who found what and when.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "weft/index/index_view.hpp"
#include "weft/index/large_array.hpp"
#include "weft/kernel/sketch.hpp"

namespace weft {

/// How many distinct minimizers occur so often.
struct OccurrenceClass {
    std::uint64_t occurrences = 0;
    std::uint64_t minimizers = 0;
    bool operator==(const OccurrenceClass&) const = default;
};
static_assert(sizeof(OccurrenceClass) == 16);

struct MinimizerTable {
    int directory_bits = 0;
    LargeArray<std::uint32_t> directory{};        // as in IndexView
    LargeArray<std::uint64_t> entries{};          // as in IndexView
    std::vector<OccurrenceClass> occurrences{};   // by rising occurrence
};

/// Collects minimizers and turns them into a table. oneTBB runs the second phase in the arena that calls `finish`.
class MinimizerTableBuilder {
public:
    /// k, w, position_bits and bases of `view` must be set. `workers` is the largest number of threads that will add.
    MinimizerTableBuilder(const IndexView& view, int workers);
    ~MinimizerTableBuilder();

    /// Adds minimizers whose positions count from `linear`. One thread per worker (0 to workers - 1) at a time.
    void add(std::span<const Minimizer> minimizers, std::uint64_t linear, int worker);

    /// Ends the collection. Throws UsageError (limits of the format) with `where` as its place.
    MinimizerTable finish(const std::string& where);

private:
    class Collection;
    template <class Record>
    class Partitions;
    std::unique_ptr<Collection> collection_;
};

}  // namespace weft
