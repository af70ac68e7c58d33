// Cooperative cancellation: one side asks, the other side looks at convenient moments and leaves in order.
//
// Nothing is killed from outside: a task that never looks is never stopped, and one that looks leaves no half work behind.
// A source made from a token belongs to it: cancelling a run cancels its tasks, cancelling a task leaves the run alone.
#pragma once

#include <atomic>
#include <memory>
#include <string>

namespace weft {

struct CancellationState;

/// The side that looks. A default token is never cancelled. Copies share one state; any thread may look.
class CancellationToken {
public:
    CancellationToken() = default;

    bool requested() const noexcept;

    /// Throws Cancelled with the reason once cancellation was requested.
    void throw_if_requested() const;

    /// Why, as given to `request`; empty while nothing was requested.
    std::string reason() const;

    /// The bare flag, for code that takes `const std::atomic<bool>* stop`; valid as long as this token or a copy of it lives.
    /// Null for a default token.
    const std::atomic<bool>* flag() const noexcept;

private:
    friend class CancellationSource;
    explicit CancellationToken(std::shared_ptr<CancellationState> state) : state_(std::move(state)) {}

    std::shared_ptr<CancellationState> state_{};
};

/// The side that asks. Any thread may ask; not from a signal handler, which may take no lock.
class CancellationSource {
public:
    CancellationSource();
    /// Cancelled with its parent too, at once if the parent already is.
    explicit CancellationSource(const CancellationToken& parent);

    /// From now on cancelled with `parent` too, at once if it already is.
    void follow(const CancellationToken& parent);

    /// Only the first request counts, and so does its reason. Reaches all descendants before it returns.
    void request(std::string reason = "stopped on request");

    bool requested() const noexcept;

    CancellationToken token() const { return CancellationToken(state_); }

private:
    std::shared_ptr<CancellationState> state_;
};

}  // namespace weft
