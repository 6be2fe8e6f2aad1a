#pragma once
// sub, the truth. Portable C++17.

#include <cstdint>

#include "operators/scaled_sum.hpp"
#include "operators/sub/op.hpp"

namespace verge::kernel::sub_ref {

static inline float sub_float(const Sub& a, float x1, float x2) {
    return scaled_sum::clamp_float(x1 - x2, a.float_min, a.float_max);
}

/// Wraps around, then clamps.
static inline std::int32_t sub_s32(const Sub& a, std::int32_t x1, std::int32_t x2) {
    return clamp(wrapping_add(x1, wrapping_multiply(x2, -1)), a.clamp_min, a.clamp_max);
}

}  // namespace verge::kernel::sub_ref
