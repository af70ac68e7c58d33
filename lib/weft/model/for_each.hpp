// The one hook through which engine stages can use more than one thread.
#pragma once

#include <cstddef>
#include <functional>

namespace weft {

/// Runs body(0) ... body(count - 1) in any order, possibly at the same time, and returns when all are done.
/// A single huge query uses all threads through it; results never depend on it.
using ForEach = std::function<void(std::size_t count, const std::function<void(std::size_t)>& body)>;

/// The plain loop.
inline void for_each_serially(std::size_t count, const std::function<void(std::size_t)>& body) {
    for (std::size_t i = 0; i < count; ++i) body(i);
}

}  // namespace weft
