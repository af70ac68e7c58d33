// Which feature a thread is working on, for the last words of a program that crashes: a fault of the engine names its feature then, and
// whoever has ten thousand of them knows which one to look at.
//
// A handler of SIGSEGV can reach nothing but static memory, so this is kept per thread and not handed through the engine. To set it
// costs two stores a feature.
#pragma once

namespace weft {

/// While it lives its thread works on the feature of that name. The name must outlive it; null: on none.
class CurrentFeature {
public:
    explicit CurrentFeature(const char* name) noexcept;
    ~CurrentFeature();
    CurrentFeature(const CurrentFeature&) = delete;
    CurrentFeature& operator=(const CurrentFeature&) = delete;

private:
    const char* before_;
};

/// The name of the feature that this thread works on, null when there is none. May be called by a signal handler.
const char* current_feature() noexcept;

/// Called by each thread that begins a feature, with its name.
using FeatureHook = void (*)(const char* name);

/// Sets the hook, null: none. For tests of what happens when a feature ends the program (executor/fault.hpp), which the engine knows
/// nothing of. To be called before any feature is begun.
void call_at_each_feature(FeatureHook hook) noexcept;

/// Calls the hook, if there is one: one look at a pointer.
void tell_feature_begins(const char* name);

}  // namespace weft
