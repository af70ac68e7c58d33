#include "weft/parallel/input_order.hpp"

#include <algorithm>

namespace weft {
namespace {

std::uint64_t next_number(const CirculatingBatch& batch) { return batch.features[batch.written].number; }

bool is_later(const CirculatingBatch* a, const CirculatingBatch* b) { return next_number(*a) > next_number(*b); }

}  // namespace

void InputOrder::arrive(CirculatingBatch& batch) {
    waiting_.push_back(&batch);
    std::push_heap(waiting_.begin(), waiting_.end(), is_later);
    while (!waiting_.empty() && next_number(*waiting_.front()) == next_) {
        std::pop_heap(waiting_.begin(), waiting_.end(), is_later);
        CirculatingBatch& first = *waiting_.back();
        waiting_.pop_back();
        for (; first.written < first.features.size() && next_number(first) == next_; ++first.written, ++next_) write_(first, first.written);
        if (first.written == first.features.size()) {
            give_back_(first);
            continue;
        }
        waiting_.push_back(&first);
        std::push_heap(waiting_.begin(), waiting_.end(), is_later);
    }
}

}  // namespace weft
