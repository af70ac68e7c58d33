#include "weft/parallel/batch_filler.hpp"

#include <algorithm>
#include <utility>

namespace weft {
namespace {

/// A batch keeps its memory for the next features, unless it held far more bases than usual.
constexpr std::int64_t kept_bases = 4'000'000;

/// Features longer than this change hands without a copy.
constexpr std::int64_t moved_bases = 1'000'000;

std::uint64_t first_number(const CirculatingBatch& batch) { return batch.features.front().number; }
std::uint64_t last_number(const CirculatingBatch& batch) { return batch.features.back().number; }

}  // namespace

void BatchFiller::take_back(CirculatingBatch& batch) {
    if (const auto place = std::find(in_flight_.begin(), in_flight_.end(), &batch); place != in_flight_.end()) {
        held_bases_ -= batch.bases;
        in_flight_.erase(place);
    }
    if (batch.bases > kept_bases) batch = CirculatingBatch{};
    batch.bases = 0;
    batch.used = 0;
    batch.written = 0;
    idle_.push_back(&batch);
}

void BatchFiller::fill(const Send& send) {
    while (!at_end_) {
        if (!has_pending_) {
            if (held_bases_ >= options_.bases_in_flight) return send_until_some_batch_returns(send);
            if (!read_pending()) break;
        }
        const SizeClass size_class = class_of(pending_.length(), options_.classes);
        CirculatingBatch*& batch = open_[static_cast<std::size_t>(size_class)];
        const bool huge = pending_.length() >= options_.shared_query;
        if (batch != nullptr && huge) send_open(size_class, send);
        if (batch == nullptr) {
            if (idle_.empty()) return send_until_some_batch_returns(send);
            batch = idle_.back();
            idle_.pop_back();
            batch->size_class = size_class;
            batch->opened_at = batches_sent_;
        }
        put_pending(*batch);
        const SizeClassOptions& limits = options_.classes[static_cast<std::size_t>(size_class)];
        if (huge || batch->used >= static_cast<std::size_t>(limits.batch_features) || batch->bases >= limits.batch_bases) {
            send_open(size_class, send);
            send_aged(send);
        }
    }
    while (const CirculatingBatch* oldest = oldest_open()) send_open(oldest->size_class, send);
}

bool BatchFiller::read_pending() {
    if (!source_(pending_)) {
        at_end_ = true;
        return false;
    }
    pending_.number = features_read_++;
    has_pending_ = true;
    return true;
}

/// A feature is copied into its place, where the memory of an earlier one of its kind serves again. Handing over the reader's
/// own memory instead would, little by little, give every place room for the longest feature. Only a long one is moved.
void BatchFiller::put_pending(CirculatingBatch& batch) {
    batch.bases += pending_.length();
    held_bases_ += pending_.length();
    if (batch.used == batch.features.size()) batch.features.emplace_back();
    Feature& place = batch.features[batch.used++];
    if (pending_.length() > moved_bases)
        place = std::exchange(pending_, Feature{});
    else
        place = pending_;
    has_pending_ = false;
}

void BatchFiller::send_open(SizeClass size_class, const Send& send) {
    CirculatingBatch& batch = *std::exchange(open_[static_cast<std::size_t>(size_class)], nullptr);
    batch.features.resize(batch.used);
    batch.results.clear();
    batch.results.resize(batch.used);
    in_flight_.push_back(&batch);
    ++batches_sent_;
    send(batch);
}

/// A class that fills slowly must not hold up the writing of all that was read after it.
void BatchFiller::send_aged(const Send& send) {
    for (const CirculatingBatch* batch : open_)
        if (batch != nullptr && batches_sent_ - batch->opened_at >= options_.send_after) send_open(batch->size_class, send);
}

void BatchFiller::send_until_some_batch_returns(const Send& send) {
    for (const CirculatingBatch* oldest = oldest_open(); oldest != nullptr && !returns_by_itself(oldest); oldest = oldest_open())
        send_open(oldest->size_class, send);
}

const CirculatingBatch* BatchFiller::oldest_open() const {
    const CirculatingBatch* oldest = nullptr;
    for (const CirculatingBatch* batch : open_)
        if (batch != nullptr && (oldest == nullptr || first_number(*batch) < first_number(*oldest))) oldest = batch;
    return oldest;
}

/// Whether some batch in flight holds no feature behind the first one of the oldest open batch.
bool BatchFiller::returns_by_itself(const CirculatingBatch* oldest) const {
    return std::any_of(in_flight_.begin(), in_flight_.end(),
                       [&](const CirculatingBatch* batch) { return last_number(*batch) < first_number(*oldest); });
}

}  // namespace weft
