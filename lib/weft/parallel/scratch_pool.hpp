// Scratch memory of the engine, lent to whoever works and taken back warm.
//
// A pool and not one scratch per thread number: whatever tasks a thread nests, no two of them ever share a scratch. There
// are never more of them than batches being aligned at the same time.
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "weft/parallel/align_batch.hpp"

namespace weft {

/// Safe to use from several threads.
class ScratchPool {
public:
    /// Gives the scratch back when it goes. The pool must outlive it.
    struct GiveBack {
        ScratchPool* pool = nullptr;
        void operator()(Engine::Scratch* scratch) const { pool->give_back(std::unique_ptr<Engine::Scratch>{scratch}); }
    };
    using Loan = std::unique_ptr<Engine::Scratch, GiveBack>;

    Loan lend() {
        const std::lock_guard lock{mutex_};
        if (idle_.empty()) return {new Engine::Scratch, GiveBack{this}};
        Loan loan{idle_.back().release(), GiveBack{this}};
        idle_.pop_back();
        return loan;
    }

private:
    void give_back(std::unique_ptr<Engine::Scratch> scratch) {
        const std::lock_guard lock{mutex_};
        idle_.push_back(std::move(scratch));
    }

    std::mutex mutex_;
    std::vector<std::unique_ptr<Engine::Scratch>> idle_{};
};

}  // namespace weft
