#include "weft/index/minimizer_table.hpp"

#include <fmt/format.h>
#include <tbb/combinable.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <array>
#include <bit>
#include <map>

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

/// Sorts one bucket and counts the occurrences in it.
void finish_bucket(std::span<std::uint64_t> bucket, int place_bits, OccurrenceCounter& counter) {
    constexpr std::size_t small = 24;
    if (bucket.size() <= small) {
        for (std::size_t i = 1; i < bucket.size(); ++i) {
            const std::uint64_t entry = bucket[i];
            std::size_t at = i;
            for (; at > 0 && bucket[at - 1] > entry; --at) bucket[at] = bucket[at - 1];
            bucket[at] = entry;
        }
    } else {
        std::sort(bucket.begin(), bucket.end());
    }
    for (std::size_t begin = 0; begin < bucket.size();) {
        std::size_t end = begin + 1;
        while (end < bucket.size() && bucket[end] >> place_bits == bucket[begin] >> place_bits) ++end;
        counter.add(end - begin);
        begin = end;
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
    static constexpr std::size_t slab_blocks = 64;

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
        std::vector<std::unique_ptr<Record[]>> slabs{};
        std::size_t used_blocks = slab_blocks;          // of the last slab

        void start_block(std::size_t partition) {
            if (used_blocks == slab_blocks) {
                slabs.push_back(std::make_unique_for_overwrite<Record[]>(slab_blocks * block_records));
                used_blocks = 0;
            }
            Record* const begin = slabs.back().get() + block_records * used_blocks++;
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

    void fill(std::size_t partition, std::span<const std::span<const Record>> blocks, std::size_t begin, MinimizerTable& table,
              OccurrenceCounter& counter) const {
        const std::size_t buckets = std::size_t{1} << (shape_.directory_bits - shape_.partition_bits);
        const Shape shape = shape_;
        std::vector<std::uint32_t> ends(buckets, 0);   // counts at first, then where the next entry of each bucket goes
        for (const auto& block : blocks)
            for (const Record& record : block) ++ends[record.bucket(shape)];

        std::uint32_t next = static_cast<std::uint32_t>(begin);
        std::uint32_t* const directory = table.directory.data() + partition * buckets;
        for (std::size_t bucket = 0; bucket < buckets; ++bucket) {
            directory[bucket] = next;
            next += std::exchange(ends[bucket], next);
        }
        std::uint64_t* const entries = table.entries.data();
        for (const auto& block : blocks)
            for (const Record& record : block) entries[ends[record.bucket(shape)]++] = record.entry(shape);
        for (std::size_t bucket = 0; bucket < buckets; ++bucket)
            finish_bucket({entries + directory[bucket], entries + ends[bucket]}, shape.place_bits, counter);
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
