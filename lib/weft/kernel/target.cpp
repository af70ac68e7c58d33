#include "weft/kernel/target.hpp"

#include <hwy/targets.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include "weft/model/error.hpp"

namespace weft {
namespace {

// Of Highway's targets those in `usable` that weft has kernels for.
std::vector<SimdTarget> targets_in([[maybe_unused]] std::int64_t usable) {
    std::vector<SimdTarget> targets{SimdTarget::scalar};
#if HWY_ARCH_X86
    if (usable & HWY_SSE4) targets.push_back(SimdTarget::sse4);
    if (usable & HWY_AVX2) targets.push_back(SimdTarget::avx2);
    if (usable & HWY_AVX3) targets.push_back(SimdTarget::avx512);
#endif
    return targets;
}

std::string names(std::span<const SimdTarget> targets) {
    std::string text;
    for (const SimdTarget target : targets) text += (text.empty() ? "" : ", ") + std::string(name_of(target));
    return text;
}

SimdTarget choose_target() {
    const std::span<const SimdTarget> available = available_targets();
    const char* const wish = std::getenv("WEFT_TARGET");
    if (!wish || !*wish) return available.back();
    const auto chosen = std::find_if(available.begin(), available.end(), [&](SimdTarget target) { return name_of(target) == wish; });
    if (chosen != available.end()) return *chosen;
    constexpr SimdTarget all[] = {SimdTarget::scalar, SimdTarget::sse4, SimdTarget::avx2, SimdTarget::avx512};
    const bool known = std::any_of(std::begin(all), std::end(all), [&](SimdTarget target) { return name_of(target) == wish; });
    throw UsageError({"WEFT_TARGET", "'" + std::string(wish) + (known ? "' cannot run on this machine" : "' is not a target"),
                      "give one of " + names(available) + ", or unset it"});
}

}  // namespace

std::string_view name_of(SimdTarget target) {
    switch (target) {
        case SimdTarget::sse4: return "sse4";
        case SimdTarget::avx2: return "avx2";
        case SimdTarget::avx512: return "avx512";
        case SimdTarget::scalar: break;
    }
    return "scalar";
}

std::span<const SimdTarget> compiled_targets() {
    static const std::vector<SimdTarget> targets = targets_in(HWY_TARGETS);
    return targets;
}

std::span<const SimdTarget> available_targets() {
    static const std::vector<SimdTarget> targets = targets_in(hwy::SupportedTargets() & HWY_TARGETS);
    return targets;
}

SimdTarget target_in_use() {
    static const SimdTarget target = choose_target();
    return target;
}

}  // namespace weft
