#include "weft/executor/cancellation.hpp"

#include <algorithm>
#include <mutex>
#include <utility>
#include <vector>

#include "weft/model/error.hpp"

namespace weft {

struct CancellationState {
    std::atomic<bool> requested{false};
    std::mutex mutex{};                                        // guards what follows
    std::string reason{};
    std::vector<std::weak_ptr<CancellationState>> children{};

    void request(const std::string& why) {
        std::vector<std::weak_ptr<CancellationState>> told;
        {
            const std::lock_guard lock{mutex};
            if (requested.load(std::memory_order_relaxed)) return;
            reason = why;
            requested.store(true, std::memory_order_release);
            told.swap(children);
        }
        for (const auto& one : told)
            if (const auto child = one.lock()) child->request(why);
    }

    void adopt(const std::shared_ptr<CancellationState>& child) {
        std::string why;
        {
            const std::lock_guard lock{mutex};
            if (!requested.load(std::memory_order_relaxed)) {
                // Most children are gone before their parent: forget them now and then, so that a long run stays small.
                if (children.size() == children.capacity()) std::erase_if(children, [](const auto& one) { return one.expired(); });
                children.push_back(child);
                return;
            }
            why = reason;
        }
        child->request(why);
    }
};

bool CancellationToken::requested() const noexcept { return state_ && state_->requested.load(std::memory_order_relaxed); }

void CancellationToken::throw_if_requested() const {
    if (requested()) throw Cancelled{{"", reason(), ""}};
}

std::string CancellationToken::reason() const {
    if (!state_) return {};
    const std::lock_guard lock{state_->mutex};
    return state_->reason;
}

const std::atomic<bool>* CancellationToken::flag() const noexcept { return state_ ? &state_->requested : nullptr; }

CancellationSource::CancellationSource() : state_(std::make_shared<CancellationState>()) {}

CancellationSource::CancellationSource(const CancellationToken& parent) : CancellationSource() { follow(parent); }

void CancellationSource::follow(const CancellationToken& parent) {
    if (parent.state_) parent.state_->adopt(state_);
}

bool CancellationSource::requested() const noexcept { return state_->requested.load(std::memory_order_relaxed); }

void CancellationSource::request(std::string reason) { state_->request(reason); }

}  // namespace weft
