// Which instruction set the kernels run on: the best this machine has, or the one that WEFT_TARGET names.
//
// The choice is made once, at the first use of a kernel and never while the program starts up, so no instruction of a target runs on a
// machine that lacks it. Kernels are compiled for every target into one library (Highway's foreach_target); the rest of the library is
// built for the plain architecture. Checked with gcc 12.2 and Highway 1.0.3: neither disables one of the three x86 targets
// (HWY_SSE4, HWY_AVX2, HWY_AVX3 with its 512-bit vectors of bytes). On other architectures only `scalar` exists.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace weft {

enum class SimdTarget : std::uint8_t {
    scalar,   // the definitions of the kernels, any machine
    sse4,     // HWY_SSE4: SSE 4.2, 16 bytes
    avx2,     // HWY_AVX2: with BMI2 and FMA, 32 bytes
    avx512,   // HWY_AVX3: F, VL, BW, DQ, 64 bytes
};

/// "scalar", "sse4", "avx2" or "avx512": the values of WEFT_TARGET.
std::string_view name_of(SimdTarget target);

/// The targets that this build contains, whatever the machine, the best one last.
std::span<const SimdTarget> compiled_targets();

/// The targets that this build contains and this machine can run, the best one last.
std::span<const SimdTarget> available_targets();

/// The target in use. Throws UsageError when WEFT_TARGET names no target or one that is not available. Thread-safe.
SimdTarget target_in_use();

/// Name of the target in use.
inline std::string_view simd_target() { return name_of(target_in_use()); }

}  // namespace weft
