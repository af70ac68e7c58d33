// Sorts packed records by coordinate in bounded memory: full buffers are sorted and spilled as runs, then all runs are merged.
//
// The order is that of `samtools sort`: contig, position, forward before reverse strand, then input order; records without
// a place last. Runs are cut from the input in order, so equal records merge by the number of their run.
#include <algorithm>
#include <cstring>
#include <optional>
#include <utility>
#include <vector>

#include "weft/bytes/temporary_file.hpp"
#include "weft/model/error.hpp"
#include "weft/record/packed_record.hpp"
#include "weft/record/record_output.hpp"
#include "weft/record/record_shape.hpp"

namespace weft {
namespace {

constexpr std::size_t chunk_bytes = std::size_t{4} << 20;       // records are kept in pieces of this size ...
constexpr std::size_t read_ahead_least = std::size_t{64} << 10;   // ... and read back in pieces between these sizes
constexpr std::size_t read_ahead_most = std::size_t{4} << 20;
constexpr std::size_t records_between_stops = 1024;

using SortKey = std::uint64_t;

// 31 bits contig, 32 bits position + 1, 1 bit strand. BAM and CRAM allow no more of each; the last contig stands for none.
SortKey sort_key(const PackedHead& head) {
    constexpr SortKey no_contig = (SortKey{1} << 31) - 1;
    const SortKey contig = head.contig < 0 ? no_contig : static_cast<SortKey>(head.contig);
    const SortKey reverse = (head.flag & flag_reverse) != 0 ? 1 : 0;
    return contig << 33 | static_cast<SortKey>(head.position + 1) << 1 | reverse;
}

void check_stop(const std::atomic<bool>* stop, std::size_t& records) {
    if (++records % records_between_stops != 0) return;
    if (stop != nullptr && stop->load(std::memory_order_relaxed)) throw Cancelled({"", "stopped while sorting", ""});
}

// Records of one run, in input order until sorted.
class RunBuffer {
public:
    void add(const char* record, const PackedHead& head) {
        if (chunks_.empty() || chunks_.back().capacity - chunks_.back().used < head.bytes) add_chunk(head.bytes);
        Chunk& chunk = chunks_.back();
        char* place = chunk.bytes.get() + chunk.used;
        std::memcpy(place, record, head.bytes);
        entries_.push_back({sort_key(head), static_cast<std::uint64_t>(chunks_.size() - 1) << 32 | chunk.used});
        chunk.used += head.bytes;
    }

    void sort() { std::sort(entries_.begin(), entries_.end()); }

    /// Calls take(record) for every record, in order.
    template <class Take>
    void for_each(Take&& take) const {
        for (const auto& [key, place] : entries_) take(chunks_[place >> 32].bytes.get() + (place & 0xffff'ffff));
    }

    bool empty() const { return entries_.empty(); }
    std::size_t memory() const { return held_ + entries_.capacity() * sizeof(Entry); }
    void clear() {
        chunks_.clear();
        entries_.clear();
        held_ = 0;
    }

private:
    struct Chunk {
        std::unique_ptr<char[]> bytes;   // aligned for packed records
        std::size_t capacity = 0;
        std::size_t used = 0;   // stays below 4 GiB: a packed record is smaller than that
    };
    // Places grow in input order, so equal keys keep it.
    using Entry = std::pair<SortKey, std::uint64_t>;

    void add_chunk(std::size_t least) {
        const std::size_t capacity = std::max(chunk_bytes, least);
        chunks_.push_back({std::make_unique_for_overwrite<char[]>(capacity), capacity, 0});
        held_ += capacity;
    }

    std::vector<Chunk> chunks_{};
    std::vector<Entry> entries_{};
    std::size_t held_ = 0;
};

struct Run {
    std::uint64_t begin = 0, end = 0;   // bytes in the spill file
};

// A sorted run read back record by record.
class RunReader {
public:
    RunReader(const TemporaryFile& file, Run run, std::size_t read_ahead) : file_(&file), rest_(run), read_ahead_(read_ahead) {}

    /// The next record, aligned and valid until the next call; nullptr at the end.
    const char* next() {
        if (available() == 0 && rest_.begin == rest_.end) return nullptr;
        need(sizeof(PackedHead));
        need(packed_head(buffer_.data() + at_).bytes);
        const char* record = buffer_.data() + at_;
        at_ += packed_head(record).bytes;
        return record;
    }

private:
    std::size_t available() const { return buffer_.size() - at_; }

    void need(std::size_t bytes) {
        if (available() >= bytes) return;
        buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(at_));
        at_ = 0;
        const std::size_t kept = buffer_.size();
        const std::uint64_t more = std::min<std::uint64_t>(std::max(bytes - kept, read_ahead_), rest_.end - rest_.begin);
        buffer_.resize(kept + more);
        file_->read_at(rest_.begin, std::span(buffer_).subspan(kept));
        rest_.begin += more;
    }

    const TemporaryFile* file_;
    Run rest_;
    std::size_t read_ahead_;
    std::vector<char> buffer_{};   // starts with a whole record after each refill, so records in it are aligned
    std::size_t at_ = 0;
};

class SortedOutput final : public RecordOutput {
public:
    SortedOutput(std::unique_ptr<RecordOutput> output, std::int64_t memory, std::string scratch)
        : output_(std::move(output)), memory_(static_cast<std::size_t>(memory)), scratch_(std::move(scratch)) {}

    void write(std::string_view records) override {
        while (!records.empty()) {
            const PackedHead head = packed_head(records.data());
            buffer_.add(records.data(), head);
            records.remove_prefix(head.bytes);
            if (buffer_.memory() > memory_) spill();
        }
    }

    void close(const std::atomic<bool>* stop) override {
        if (runs_.empty()) {
            write_buffer(stop);
        } else {
            if (!buffer_.empty()) spill();
            merge(stop);
        }
        output_->close(stop);
    }

private:
    void write_buffer(const std::atomic<bool>* stop) {
        std::size_t records = 0;
        buffer_.sort();
        buffer_.for_each([&](const char* record) {
            check_stop(stop, records);
            output_->write({record, packed_head(record).bytes});
        });
        buffer_.clear();
    }

    void spill() {
        if (!spilled_) {
            spilled_.emplace(scratch_);
            spilled_->forget_name();
        }
        Run run{spilled_bytes_, spilled_bytes_};
        std::string piece;
        const auto flush = [&] {
            spilled_->write_at(run.end, piece);
            run.end += piece.size();
            piece.clear();
        };
        buffer_.sort();
        buffer_.for_each([&](const char* record) {
            piece.append(record, packed_head(record).bytes);
            if (piece.size() >= chunk_bytes) flush();
        });
        flush();
        runs_.push_back(run);
        spilled_bytes_ = run.end;
        buffer_.clear();
    }

    struct Head {
        SortKey key;
        std::size_t run;
        const char* record;
        // The least record is to come first out of a heap that gives the greatest.
        bool operator<(const Head& other) const { return std::pair(key, run) > std::pair(other.key, other.run); }
    };

    void merge(const std::atomic<bool>* stop) {
        const std::size_t read_ahead = std::clamp(memory_ / runs_.size(), read_ahead_least, read_ahead_most);
        std::vector<RunReader> readers;
        std::vector<Head> heap;
        for (const Run& run : runs_) readers.emplace_back(*spilled_, run, read_ahead);
        const auto push_next = [&](std::size_t run) {
            const char* record = readers[run].next();
            if (record == nullptr) return;
            heap.push_back({sort_key(packed_head(record)), run, record});
            std::push_heap(heap.begin(), heap.end());
        };
        for (std::size_t run = 0; run < runs_.size(); ++run) push_next(run);
        std::size_t records = 0;
        while (!heap.empty()) {
            check_stop(stop, records);
            std::pop_heap(heap.begin(), heap.end());
            const Head least = heap.back();
            heap.pop_back();
            output_->write({least.record, packed_head(least.record).bytes});
            push_next(least.run);
        }
        spilled_.reset();
    }

    std::unique_ptr<RecordOutput> output_;
    std::size_t memory_;
    std::string scratch_;
    RunBuffer buffer_{};
    std::vector<Run> runs_{};
    std::optional<TemporaryFile> spilled_{};
    std::uint64_t spilled_bytes_ = 0;
};

}  // namespace

std::unique_ptr<RecordOutput> open_sorted_output(std::unique_ptr<RecordOutput> output, std::int64_t memory,
                                                 std::string scratch_directory) {
    return std::make_unique<SortedOutput>(std::move(output), memory, std::move(scratch_directory));
}

}  // namespace weft
