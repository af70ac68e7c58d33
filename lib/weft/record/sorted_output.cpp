// Sorts packed records by coordinate in bounded memory: full buffers are sorted and spilled as runs, then all runs are merged.
//
// Runs are cut from the input in order, so equal records merge by the number of their run. When there are more runs than can be
// read back side by side in the memory given, neighbouring ones are merged into longer runs first.
#include <algorithm>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "weft/bytes/temporary_file.hpp"
#include "weft/model/error.hpp"
#include "weft/record/packed_record.hpp"
#include "weft/record/record_output.hpp"
#include "weft/record/run_buffer.hpp"

namespace weft {
namespace {

constexpr std::size_t read_ahead_least = std::size_t{64} << 10;   // runs are read back in pieces between these sizes
constexpr std::size_t read_ahead_most = std::size_t{4} << 20;
constexpr std::size_t write_bytes = std::size_t{256} << 10;       // ... and written in pieces of about this one
constexpr std::size_t records_between_stops = 1024;

// Lets a stop end the work with Cancelled, every now and then.
class StopWatcher {
public:
    explicit StopWatcher(const std::atomic<bool>* stop) : stop_(stop) {}
    void check() {
        if (++records_ % records_between_stops != 0) return;
        if (stop_ != nullptr && stop_->load(std::memory_order_relaxed)) throw Cancelled({"", "stopped while sorting", ""});
    }

private:
    const std::atomic<bool>* stop_;
    std::size_t records_ = 0;
};

struct Run {
    std::uint64_t begin = 0, end = 0;   // bytes in the spill file
};

// Sorted runs, one behind the other in one temporary file.
class SpilledRuns {
public:
    explicit SpilledRuns(const std::string& scratch) : file_(scratch) { file_.forget_name(); }

    void begin_run() { runs_.push_back({bytes_, bytes_}); }
    void append(const char* record) {
        piece_.append(record, packed_head(record).bytes);
        if (piece_.size() >= write_bytes) flush();
    }
    void end_run() {
        flush();
        runs_.back().end = bytes_;
    }

    const TemporaryFile& file() const { return file_; }
    std::span<const Run> runs() const { return runs_; }

private:
    void flush() {
        file_.write_at(bytes_, piece_);
        bytes_ += piece_.size();
        piece_.clear();
    }

    TemporaryFile file_;
    std::vector<Run> runs_{};
    std::uint64_t bytes_ = 0;
    std::string piece_{};
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

// Calls take(record) for every record of the runs, in order.
template <class Take>
void merge(const TemporaryFile& file, std::span<const Run> runs, std::size_t memory, Take&& take) {
    struct Head {
        SortKey key;
        std::size_t run;
        const char* record;
        // The least record is to come first out of a heap that gives the greatest.
        bool operator<(const Head& other) const { return std::pair(key, run) > std::pair(other.key, other.run); }
    };
    const std::size_t read_ahead = std::clamp(memory / runs.size(), read_ahead_least, read_ahead_most);
    std::vector<RunReader> readers;
    std::vector<Head> heap;
    for (const Run& run : runs) readers.emplace_back(file, run, read_ahead);
    const auto push_next = [&](std::size_t run) {
        const char* record = readers[run].next();
        if (record == nullptr) return;
        heap.push_back({sort_key(packed_head(record)), run, record});
        std::push_heap(heap.begin(), heap.end());
    };
    for (std::size_t run = 0; run < runs.size(); ++run) push_next(run);
    while (!heap.empty()) {
        std::pop_heap(heap.begin(), heap.end());
        const Head least = heap.back();
        heap.pop_back();
        take(least.record);
        push_next(least.run);
    }
}

class SortedOutput final : public RecordOutput {
public:
    SortedOutput(std::unique_ptr<RecordOutput> output, std::int64_t memory, std::string scratch)
        : output_(std::move(output)), memory_(static_cast<std::size_t>(memory)), scratch_(std::move(scratch)), buffer_(memory_) {}

    void write(std::string_view records) override {
        while (!records.empty()) {
            buffer_.add(records.data());
            records.remove_prefix(packed_head(records.data()).bytes);
            if (buffer_.full()) spill();
        }
    }

    void close(const std::atomic<bool>* stop) override {
        StopWatcher watcher(stop);
        const auto write_out = [&](const char* record) {
            watcher.check();
            output_->write({record, packed_head(record).bytes});
        };
        if (!spilled_) {
            buffer_.sort();
            buffer_.for_each(write_out);
            buffer_.clear();
        } else {
            if (!buffer_.empty()) spill();
            const std::size_t at_once = std::max<std::size_t>(memory_ / read_ahead_least, 2);   // runs whose pieces memory holds
            while (spilled_->runs().size() > at_once) merge_neighbours(at_once, watcher);
            merge(spilled_->file(), spilled_->runs(), memory_, write_out);
            spilled_.reset();
        }
        output_->close(stop);
    }

private:
    void spill() {
        if (!spilled_) spilled_ = std::make_unique<SpilledRuns>(scratch_);
        spilled_->begin_run();
        buffer_.sort();
        buffer_.for_each([&](const char* record) { spilled_->append(record); });
        spilled_->end_run();
        buffer_.clear();
    }

    // Every group of neighbouring runs becomes one run: fewer runs, in the same order.
    void merge_neighbours(std::size_t group, StopWatcher& stop) {
        auto merged = std::make_unique<SpilledRuns>(scratch_);
        for (std::span<const Run> rest = spilled_->runs(); !rest.empty(); rest = rest.subspan(std::min(group, rest.size()))) {
            merged->begin_run();
            merge(spilled_->file(), rest.first(std::min(group, rest.size())), memory_, [&](const char* record) {
                stop.check();
                merged->append(record);
            });
            merged->end_run();
        }
        spilled_ = std::move(merged);
    }

    std::unique_ptr<RecordOutput> output_;
    std::size_t memory_;
    std::string scratch_;
    RunBuffer buffer_;
    std::unique_ptr<SpilledRuns> spilled_{};
};

}  // namespace

std::unique_ptr<RecordOutput> open_sorted_output(std::unique_ptr<RecordOutput> output, std::int64_t memory,
                                                 std::string scratch_directory) {
    return std::make_unique<SortedOutput>(std::move(output), memory, std::move(scratch_directory));
}

}  // namespace weft
