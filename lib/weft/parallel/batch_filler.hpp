// Fills batches with features of one size class each: the reading end of the circulation.
//
// Every batch is always in one of three places: idle here, open here (one per class at most, being filled), or in flight
// (sent, not yet back). It comes back when all its features are written, and features are written in input order. So a
// batch X in flight comes back by itself when no feature before its last one is still in an open batch, and it never
// comes back otherwise. Whenever `fill` returns before the end of the input, it has made sure that such an X exists:
// either one is in flight already, or the open batches are sent, oldest first, until there is one or none is open (then
// every batch in flight is such an X, and there is at least one). Hence the circulation never stands still, not even
// with a single batch. No thread is ever blocked while waiting: the next returning batch calls `fill` again.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <vector>

#include "weft/model/feature.hpp"
#include "weft/parallel/size_class.hpp"
#include "weft/record/alignment_writer.hpp"

namespace weft {

/// A batch that circulates, with what travels beside its features and results.
struct CirculatingBatch : Batch {
    EncodedRecords records{};       // of all features, when the output is a file
    std::size_t written = 0;        // features that have left
    std::size_t used = 0;           // features that are valid while the batch is open
    std::uint64_t opened_at = 0;    // batches sent before it was opened
};

struct FillOptions {
    SizeClassTable classes{};
    std::int64_t shared_query = INT64_MAX;    // bases; a query at least this long travels alone
    std::int64_t bases_in_flight = INT64_MAX; // no further feature is read while at least this many bases are open or in flight
    std::size_t send_after = 8;               // an open batch waits for at most this many others to be sent
};

/// Not thread-safe: for the serial reading stage.
class BatchFiller {
public:
    using Send = std::function<void(CirculatingBatch&)>;

    BatchFiller(const FillOptions& options, FeatureSource source) : options_(options), source_(std::move(source)) {}

    /// Makes a batch idle: a new one, or one that is written.
    void take_back(CirculatingBatch& batch);

    /// Reads and sends until the input ends or batches must come back first. Features get their number here.
    void fill(const Send& send);

    std::uint64_t features_read() const { return features_read_; }
    std::size_t idle() const { return idle_.size(); }
    bool at_end() const { return at_end_; }

private:
    bool read_pending();
    void put_pending(CirculatingBatch& batch);
    void send_open(SizeClass size_class, const Send& send);
    void send_aged(const Send& send);
    void send_until_some_batch_returns(const Send& send);
    const CirculatingBatch* oldest_open() const;
    bool returns_by_itself(const CirculatingBatch* oldest) const;

    FillOptions options_;
    FeatureSource source_;
    std::vector<CirculatingBatch*> idle_{};
    std::array<CirculatingBatch*, size_classes> open_{};
    std::vector<CirculatingBatch*> in_flight_{};
    Feature pending_{};                 // read, but not yet in a batch
    bool has_pending_ = false;
    bool at_end_ = false;
    std::int64_t held_bases_ = 0;       // in open batches and in flight
    std::uint64_t features_read_ = 0;
    std::uint64_t batches_sent_ = 0;
};

}  // namespace weft
