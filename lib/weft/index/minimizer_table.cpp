#include "weft/index/minimizer_table.hpp"

#include <fmt/format.h>
#include <tbb/combinable.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <array>
#include <bit>
#include <map>
#include <utility>

#include "weft/model/error.hpp"

namespace weft {
namespace {

/// How a slot, a linear position and a strand are cut into partition, bucket and entry.
struct Shape {
    int slot_bits;        // 2k
    int partition_bits;   // top bits of a slot: the partition
    int directory_bits;   // top bits of a slot: the bucket; at least partition_bits
    int place_bits;       // position and strand

    int remainder_bits() const { return slot_bits - directory_bits; }
};

constexpr std::uint64_t low_bits(std::uint64_t value, int bits) { return bits >= 64 ? value : value & ((std::uint64_t{1} << bits) - 1); }

/// A minimizer on its way through a partition, in one word: [ slot below the partition bits | position | strand ].
struct PackedRecord {
    std::uint64_t word;

    static PackedRecord make(std::uint64_t slot, std::uint64_t place, const Shape& shape) {
        return {low_bits(slot, shape.slot_bits - shape.partition_bits) << shape.place_bits | place};
    }
    std::size_t bucket(const Shape& shape) const { return word >> (shape.remainder_bits() + shape.place_bits); }
    std::uint64_t entry(const Shape& shape) const { return low_bits(word, shape.remainder_bits() + shape.place_bits); }
    bool same_minimizer(const PackedRecord& other, const Shape& shape) const { return (word ^ other.word) >> shape.place_bits == 0; }
    auto operator<=>(const PackedRecord&) const = default;
};

/// The same in two words, for large k.
struct WideRecord {
    std::uint64_t slot;
    std::uint64_t place;

    static WideRecord make(std::uint64_t slot, std::uint64_t place, const Shape& shape) {
        return {low_bits(slot, shape.slot_bits - shape.partition_bits), place};
    }
    std::size_t bucket(const Shape& shape) const { return slot >> shape.remainder_bits(); }
    std::uint64_t entry(const Shape& shape) const { return low_bits(slot, shape.remainder_bits()) << shape.place_bits | place; }
    bool same_minimizer(const WideRecord& other, const Shape&) const { return slot == other.slot; }
    auto operator<=>(const WideRecord&) const = default;
};

/// Partitions small enough for the second-level cache, judged by the density of minimizers on random sequence.
int partition_bits_for(const IndexView& view) {
    constexpr std::uint64_t minimizers_per_partition = 16'384;
    constexpr int most = 12;   // more blocks to write to than this outgrow the caches in the first phase
    const std::uint64_t expected = 2 * view.bases / (static_cast<std::uint64_t>(view.w) + 1);
    return std::min(static_cast<int>(std::bit_width(expected / minimizers_per_partition)), most);
}

/// One to two entries per bucket, a fraction of a cache line.
int directory_bits_for(std::size_t minimizers, const Shape& shape) {
    return std::clamp(static_cast<int>(std::bit_width(minimizers)) - 1, std::max(1, shape.partition_bits), shape.slot_bits);
}

void check_limits(std::size_t minimizers, const Shape& shape, const IndexView& view, const std::string& where) {
    if (minimizers > 0xFFFFFFFFu)
        throw UsageError({where, fmt::format("{} minimizers, an index holds at most 4294967295", minimizers), "give a larger w"});
    const int bits = shape.remainder_bits() + shape.place_bits;
    if (bits > 64)
        throw UsageError({where,
                          fmt::format("k = {} with {} bases and {} minimizers needs {} bits per entry, the limit is 64", view.k, view.bases,
                                      minimizers, bits),
                          "give a smaller k or a smaller w"});
}

/// Counts how often minimizers occur; most occur less than `common` times.
class OccurrenceCounter {
public:
    void add(std::uint64_t occurrences) { occurrences < common ? ++few_[occurrences] : ++many_[occurrences]; }
    void merge(const OccurrenceCounter& other) {
        for (std::size_t i = 0; i < common; ++i) few_[i] += other.few_[i];
        for (const auto& [occurrences, minimizers] : other.many_) many_[occurrences] += minimizers;
    }
    std::vector<OccurrenceClass> classes() const {
        std::vector<OccurrenceClass> result;
        for (std::size_t i = 0; i < common; ++i)
            if (few_[i] > 0) result.push_back({i, few_[i]});
        for (const auto& [occurrences, minimizers] : many_) result.push_back({occurrences, minimizers});
        return result;
    }

private:
    static constexpr std::size_t common = 256;
    std::array<std::uint64_t, common> few_{};
    std::map<std::uint64_t, std::uint64_t> many_{};
};

/// Sorts records that are nearly in order: each has to move past few others.
template <class Record>
void insertion_sort(std::span<Record> records) {
    for (std::size_t i = 1; i < records.size(); ++i) {
        const Record record = records[i];
        std::size_t at = i;
        for (; at > 0 && record < records[at - 1]; --at) records[at] = records[at - 1];
        records[at] = record;
    }
}

}  // namespace

class MinimizerTableBuilder::Collection {
public:
    virtual ~Collection() = default;
    virtual void add(std::span<const Minimizer> minimizers, std::uint64_t linear, int worker) = 0;
    virtual MinimizerTable finish(const std::string& where) = 0;
};

template <class Record>
class MinimizerTableBuilder::Partitions final : public Collection {
public:
    Partitions(const IndexView& view, const Shape& shape, int workers) : view_(view), shape_(shape), workers_(static_cast<std::size_t>(workers)) {
        for (Worker& worker : workers_) worker.open.resize(partitions());
    }

    void add(std::span<const Minimizer> minimizers, std::uint64_t linear, int number) override {
        Worker& worker = workers_[static_cast<std::size_t>(number)];
        const int shift = shape_.slot_bits - shape_.partition_bits;
        for (const Minimizer& minimizer : minimizers) {
            const std::uint64_t slot = view_.slot(minimizer.hash);
            Open& open = worker.open[slot >> shift];
            if (open.next == open.end) worker.start_block(slot >> shift);
            *open.next++ = Record::make(slot, (linear + minimizer.position) << 1 | minimizer.reverse, shape_);
        }
    }

    MinimizerTable finish(const std::string& where) override {
        const std::vector<std::vector<std::span<const Record>>> blocks = blocks_by_partition();
        std::vector<std::size_t> begins{0};
        for (const auto& of_partition : blocks) {
            std::size_t records = 0;
            for (const auto& block : of_partition) records += block.size();
            begins.push_back(begins.back() + records);
        }
        const std::size_t minimizers = begins.back();
        shape_.directory_bits = directory_bits_for(minimizers, shape_);
        check_limits(minimizers, shape_, view_, where);

        MinimizerTable table;
        table.directory_bits = shape_.directory_bits;
        table.directory = LargeArray<std::uint32_t>((std::size_t{1} << shape_.directory_bits) + 1);
        table.entries = LargeArray<std::uint64_t>(minimizers);
        table.directory[table.directory.size() - 1] = static_cast<std::uint32_t>(minimizers);
        tbb::combinable<OccurrenceCounter> counters;
        tbb::parallel_for(std::size_t{0}, partitions(), [&](std::size_t partition) {
            fill(partition, blocks[partition], begins[partition], table, counters.local());
        });
        OccurrenceCounter total;
        counters.combine_each([&](const OccurrenceCounter& counter) { total.merge(counter); });
        table.occurrences = total.classes();
        return table;
    }

private:
    static constexpr std::size_t block_records = 4'096 / sizeof(Record);
    static constexpr std::size_t slab_blocks = 512;   // 2 MiB, a huge page

    /// Where the next record of a partition goes.
    struct Open {
        Record* next = nullptr;
        Record* end = nullptr;
    };
    struct Block {
        std::size_t partition;
        Record* begin;
    };
    struct Worker {
        std::vector<Open> open{};
        std::vector<Block> blocks{};                    // the last one of each partition ends at open[partition].next
        std::vector<LargeArray<Record>> slabs{};
        std::size_t used_blocks = slab_blocks;          // of the last slab

        void start_block(std::size_t partition) {
            if (used_blocks == slab_blocks) {
                slabs.emplace_back(slab_blocks * block_records);
                used_blocks = 0;
            }
            Record* const begin = slabs.back().data() + block_records * used_blocks++;
            blocks.push_back({partition, begin});
            open[partition] = {begin, begin + block_records};
        }
    };

    std::size_t partitions() const { return std::size_t{1} << shape_.partition_bits; }

    std::vector<std::vector<std::span<const Record>>> blocks_by_partition() const {
        std::vector<std::vector<std::span<const Record>>> result(partitions());
        for (const Worker& worker : workers_) {
            for (const Block& block : worker.blocks) {
                const Open& open = worker.open[block.partition];
                const bool is_last = open.end == block.begin + block_records;
                result[block.partition].emplace_back(block.begin, is_last ? open.next : block.begin + block_records);
            }
        }
        return result;
    }

    /// Fills the part of the table that belongs to one partition.
    void fill(std::size_t partition, std::span<const std::span<const Record>> blocks, std::size_t begin, MinimizerTable& table,
              OccurrenceCounter& counter) const {
        const std::size_t buckets = std::size_t{1} << (shape_.directory_bits - shape_.partition_bits);
        const std::vector<Record> records = sorted(blocks, buckets, [&](std::size_t bucket, std::size_t first) {
            table.directory[partition * buckets + bucket] = static_cast<std::uint32_t>(begin + first);
        });
        for (std::size_t i = 0, first = 0; i < records.size(); ++i) {
            table.entries[begin + i] = records[i].entry(shape_);
            if (i + 1 < records.size() && records[i].same_minimizer(records[i + 1], shape_)) continue;
            counter.add(i + 1 - first);
            first = i + 1;
        }
    }

    /// The records in order; tells where each bucket begins. Counting brings each into its bucket, and most buckets hold one
    /// or two, so that one pass of insertions does the rest. Only the buckets of frequent minimizers are sorted for themselves.
    template <class TellBegin>
    std::vector<Record> sorted(std::span<const std::span<const Record>> blocks, std::size_t buckets, TellBegin tell_begin) const {
        constexpr std::size_t few = 16;
        const Shape shape = shape_;
        std::vector<std::uint32_t> next(buckets, 0);   // counts at first, then where the next record of each bucket goes
        for (const auto& block : blocks)
            for (const Record& record : block) ++next[record.bucket(shape)];

        std::uint32_t end = 0;
        std::vector<std::pair<std::uint32_t, std::uint32_t>> large;
        for (std::size_t bucket = 0; bucket < buckets; ++bucket) {
            const std::uint32_t count = std::exchange(next[bucket], end);
            tell_begin(bucket, end);
            if (count > few) large.emplace_back(end, end + count);
            end += count;
        }
        std::vector<Record> records(end);
        for (const auto& block : blocks)
            for (const Record& record : block) records[next[record.bucket(shape)]++] = record;
        for (const auto& [from, to] : large) std::sort(records.begin() + from, records.begin() + to);
        insertion_sort(std::span(records));
        return records;
    }

    const IndexView& view_;
    Shape shape_;
    std::vector<Worker> workers_;
};

MinimizerTableBuilder::MinimizerTableBuilder(const IndexView& view, int workers) {
    Shape shape{2 * view.k, partition_bits_for(view), 0, view.position_bits + 1};
    if (shape.slot_bits - shape.partition_bits + shape.place_bits < 64) {
        collection_ = std::make_unique<Partitions<PackedRecord>>(view, shape, workers);
    } else {
        collection_ = std::make_unique<Partitions<WideRecord>>(view, shape, workers);
    }
}

MinimizerTableBuilder::~MinimizerTableBuilder() = default;

void MinimizerTableBuilder::add(std::span<const Minimizer> minimizers, std::uint64_t linear, int worker) {
    collection_->add(minimizers, linear, worker);
}

MinimizerTable MinimizerTableBuilder::finish(const std::string& where) { return collection_->finish(where); }

}  // namespace weft
