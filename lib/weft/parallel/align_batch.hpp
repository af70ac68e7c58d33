// The engine: from the features of a batch to their alignments. Single-threaded and pure, but for one hook.
#pragma once

#include <cstddef>
#include <memory>
#include <span>

#include "weft/index/index.hpp"
#include "weft/model/alignment.hpp"
#include "weft/model/feature.hpp"
#include "weft/model/for_each.hpp"
#include "weft/parallel/engine_options.hpp"

namespace weft {

/// An engine: index + options + the numbers derived from them. Immutable after construction, safe to share between threads.
class Engine {
public:
    /// The index must outlive the engine. Throws UsageError listing every problem of the options, or when k, w do not fit.
    Engine(const Index& index, const EngineOptions& options);
    ~Engine();

    /// Memory that one worker reuses from batch to batch. Not to be shared between threads at the same time.
    class Scratch {
    public:
        Scratch();
        ~Scratch();
        Scratch(Scratch&&) noexcept;
        Scratch& operator=(Scratch&&) noexcept;

    private:
        friend class Engine;
        struct Memory;
        std::unique_ptr<Memory> memory_;
    };

    /// Aligns features[i] into results[i]; both spans are of the same length. The result of a feature depends on that feature,
    /// the index and the options alone. An exception inside one feature becomes Unaligned::failed with its message.
    void align(std::span<const Feature> features, std::span<FeatureAlignments> results, Scratch& scratch,
               const ForEach& for_each = for_each_serially) const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace weft
