#pragma once
// mul, the truth: the integer product is exact, then rounded once by multiplier and shift.
// Portable C++17.

#include <cstdint>

#include "operators/mul/op.hpp"
#include "operators/scaled_sum.hpp"

namespace verge::kernel::mul_ref {

static inline float mul_float(const Mul& a, float x1, float x2) {
    return scaled_sum::clamp_float(x1 * x2, a.float_min, a.float_max);
}

/// Wraps around, then clamps.
static inline std::int32_t mul_s32(const Mul& a, std::int32_t x1, std::int32_t x2) {
    return clamp(wrapping_multiply(x1, x2), a.clamp_min, a.clamp_max);
}

template <typename T>
static inline T mul_scaled(const Mul& a, T x1, T x2) {
    const std::int32_t product = wrapping_multiply(x1 + a.input1_offset, x2 + a.input2_offset);
    const std::int32_t result =
        wrapping_add(multiply(product, a.multiplier, a.shift), a.output_offset);
    return static_cast<T>(clamp(result, a.clamp_min, a.clamp_max));
}

}  // namespace verge::kernel::mul_ref
