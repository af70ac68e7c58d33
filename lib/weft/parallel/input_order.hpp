// Restores the input order: the writing end of the circulation.
//
// Aligned batches wait here until the feature whose turn it is has come. Only batches in circulation can wait, so the
// memory is bounded; that the awaited feature does come is what batch_filler.hpp proves.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "weft/parallel/batch_filler.hpp"

namespace weft {

/// Not thread-safe: for the serial writing stage.
class InputOrder {
public:
    using Write = std::function<void(CirculatingBatch&, std::size_t index)>;
    using GiveBack = std::function<void(CirculatingBatch&)>;

    InputOrder(Write write, GiveBack give_back) : write_(std::move(write)), give_back_(std::move(give_back)) {}

    /// Takes an aligned batch and writes every feature whose turn has come; gives back the batches that are through.
    void arrive(CirculatingBatch& batch);

    std::uint64_t features_written() const { return next_; }

private:
    Write write_;
    GiveBack give_back_;
    std::vector<CirculatingBatch*> waiting_{};   // a heap, the batch with the lowest unwritten number on top
    std::uint64_t next_ = 0;                     // number of the feature whose turn it is
};

}  // namespace weft
