#include "weft/model/current_feature.hpp"

#include <atomic>

namespace weft {
namespace {

// Volatile: the store has to be made before the work, although nothing that the compiler sees reads it. Initial-exec: reading it in a
// signal handler must not allocate, as the first access from a shared library could.
[[gnu::tls_model("initial-exec")]] thread_local constinit const char* volatile current = nullptr;

std::atomic<FeatureHook> at_each_feature{nullptr};

}  // namespace

CurrentFeature::CurrentFeature(const char* name) noexcept : before_(current) { current = name; }

CurrentFeature::~CurrentFeature() { current = before_; }

const char* current_feature() noexcept { return current; }

void call_at_each_feature(FeatureHook hook) noexcept { at_each_feature.store(hook, std::memory_order_relaxed); }

void tell_feature_begins(const char* name) {
    if (const FeatureHook hook = at_each_feature.load(std::memory_order_relaxed)) hook(name);
}

}  // namespace weft
