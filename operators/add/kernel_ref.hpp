#pragma once
// add, the truth. Portable C++17.

#include <cstdint>

#include "operators/add/op.hpp"
#include "operators/scaled_sum.hpp"

namespace verge::kernel::add_ref {

static inline float add_float(const Add& a, float x1, float x2) {
    return scaled_sum::clamp_float(x1 + x2, a.float_min, a.float_max);
}

/// Wraps around, then clamps.
static inline std::int32_t add_s32(const Add& a, std::int32_t x1, std::int32_t x2) {
    return clamp(wrapping_add(x1, x2), a.clamp_min, a.clamp_max);
}

}  // namespace verge::kernel::add_ref
