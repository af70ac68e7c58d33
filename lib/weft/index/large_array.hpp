// An array that is allocated once and then written by many threads: not set to zero first, and in huge pages where the system
// grants them, because the first touch of every 4-KiB page would otherwise cost more than the work done on it.
#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>
#include <span>
#include <type_traits>

namespace weft {

/// Owns `size` values, undefined until they are written.
template <class Value>
class LargeArray {
    static_assert(std::is_trivially_copyable_v<Value>);

public:
    LargeArray() = default;
    explicit LargeArray(std::size_t size) : size_(size) {
        constexpr std::size_t huge_page = std::size_t{2} << 20;
        constexpr std::size_t cache_line = 64;
        const std::size_t alignment = size * sizeof(Value) >= huge_page ? huge_page : cache_line;
        const std::size_t bytes = (size * sizeof(Value) / alignment + 1) * alignment;
        values_.reset(static_cast<Value*>(std::aligned_alloc(alignment, bytes)));
        if (!values_) throw std::bad_alloc();
        if (alignment == huge_page) (void)::madvise(values_.get(), bytes, MADV_HUGEPAGE);   // a wish: small pages work, only slower
    }

    std::size_t size() const { return size_; }
    Value* data() { return values_.get(); }
    Value& operator[](std::size_t i) { return values_.get()[i]; }
    std::span<Value> span() { return {values_.get(), size_}; }
    operator std::span<const Value>() const { return {values_.get(), size_}; }

private:
    struct Free {
        void operator()(Value* values) const noexcept { std::free(values); }
    };
    std::unique_ptr<Value, Free> values_{};
    std::size_t size_ = 0;
};

}  // namespace weft
