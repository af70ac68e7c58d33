// A cache of pure functions under many threads: while one computes a value, the others that want it wait for that one.
//
// Values are shared, so what was evicted lives on where it is in use. A throw is handed to all who waited and is not kept:
// the next call tries again. Least recently used values go when the bytes exceed the limit.
#pragma once

#include <array>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <utility>

namespace weft {

struct CacheCounts {
    std::uint64_t hits = 0;       // the value was there, or became so while waiting
    std::uint64_t misses = 0;     // calls of `make`
    std::uint64_t evictions = 0;
};

/// Keys are spread over shards by their hash; each shard has its own lock and an equal part of the byte limit.
template <class Key, class Value, class Hash = std::hash<Key>>
class SingleFlightCache {
public:
    /// Bytes of all values together, as measured by the function that `get` is given.
    explicit SingleFlightCache(std::size_t byte_limit) : shard_limit_(byte_limit / shard_count) {}

    /// The value of `key`; calls `make()` unless it is known. `bytes_of(value)` is asked once per value. Rethrows what `make` throws.
    /// `make` must not ask this cache for the same key.
    template <class Make, class BytesOf>
    std::shared_ptr<const Value> get(const Key& key, Make make, BytesOf bytes_of) {
        Shard& shard = shards_[Hash{}(key) * 0x9e3779b97f4a7c15U >> (64 - shard_bits)];
        std::shared_ptr<Entry> entry;
        {
            std::unique_lock lock{shard.mutex};
            const auto found = shard.entries.find(key);
            if (found != shard.entries.end()) {
                entry = found->second;
                shard.made.wait(lock, [&] { return entry->finished; });
                if (entry->failure) std::rethrow_exception(entry->failure);
                ++shard.counts.hits;
                if (entry->kept) shard.recent.splice(shard.recent.begin(), shard.recent, entry->place);
                return entry->value;
            }
            entry = std::make_shared<Entry>();
            shard.entries.emplace(key, entry);
            ++shard.counts.misses;
        }
        try {
            auto value = std::make_shared<const Value>(make());
            const std::size_t bytes = bytes_of(*value);
            const std::lock_guard lock{shard.mutex};
            entry->value = std::move(value);
            entry->bytes = bytes;
            entry->finished = true;
            keep(shard, key, *entry);
        } catch (...) {
            const std::lock_guard lock{shard.mutex};
            entry->failure = std::current_exception();
            entry->finished = true;
            shard.entries.erase(key);
            shard.made.notify_all();
            throw;
        }
        shard.made.notify_all();
        return entry->value;
    }

    CacheCounts counts() const {
        CacheCounts sum;
        for (const Shard& shard : shards_) {
            const std::lock_guard lock{shard.mutex};
            sum.hits += shard.counts.hits;
            sum.misses += shard.counts.misses;
            sum.evictions += shard.counts.evictions;
        }
        return sum;
    }

    /// Bytes of the values that are kept now; never above the limit.
    std::size_t bytes() const {
        std::size_t sum = 0;
        for (const Shard& shard : shards_) {
            const std::lock_guard lock{shard.mutex};
            sum += shard.bytes;
        }
        return sum;
    }

private:
    static constexpr unsigned shard_bits = 4;
    static constexpr std::size_t shard_count = std::size_t{1} << shard_bits;

    struct Entry {
        std::shared_ptr<const Value> value{};
        std::exception_ptr failure{};
        std::size_t bytes = 0;
        typename std::list<Key>::iterator place{};   // in Shard::recent, when kept
        bool finished = false;
        bool kept = false;
    };

    struct Shard {
        mutable std::mutex mutex{};
        std::condition_variable made{};
        std::unordered_map<Key, std::shared_ptr<Entry>, Hash> entries{};
        std::list<Key> recent{};   // of the kept ones, most recent first
        std::size_t bytes = 0;
        CacheCounts counts{};
    };

    void keep(Shard& shard, const Key& key, Entry& entry) {
        if (entry.bytes > shard_limit_) {
            shard.entries.erase(key);
            ++shard.counts.evictions;
            return;
        }
        while (shard.bytes + entry.bytes > shard_limit_) {
            const auto oldest = shard.entries.find(shard.recent.back());
            shard.bytes -= oldest->second->bytes;
            oldest->second->kept = false;
            shard.entries.erase(oldest);
            shard.recent.pop_back();
            ++shard.counts.evictions;
        }
        entry.place = shard.recent.insert(shard.recent.begin(), key);
        entry.kept = true;
        shard.bytes += entry.bytes;
    }

    const std::size_t shard_limit_;
    std::array<Shard, shard_count> shards_{};
};

}  // namespace weft
