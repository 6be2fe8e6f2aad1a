#pragma once
// prelu, the truth: TensorFlow Lite Micro's rounding. C++17.

#include <cstdint>
#include <limits>
#include <type_traits>

#include "base/fixed_point.hpp"
#include "operators/prelu/op.hpp"

namespace verge::kernel::prelu_ref {

template <typename T>
static inline T apply(const Prelu& a, T x, T alpha) {
    if constexpr (std::is_floating_point_v<T>) {
        return x >= 0 ? x : x * alpha;
    } else {
        const std::int32_t value = x + a.input_offset;
        const std::int32_t scaled = value >= 0 ? multiply(value, a.multiplier, a.shift)
                                               : multiply(value * (alpha + a.alpha_offset),
                                                          a.alpha_multiplier, a.alpha_shift);
        return static_cast<T>(clamp(wrapping_add(scaled, a.output_offset),
                                    std::numeric_limits<T>::min(), std::numeric_limits<T>::max()));
    }
}

}  // namespace verge::kernel::prelu_ref
