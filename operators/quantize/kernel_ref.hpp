#pragma once
// quantize, the truth: TensorFlow Lite Micro's division and rounding. Portable C++17.

#include <cstdint>
#include <limits>

#include "base/fixed_point.hpp"
#include "operators/quantize/op.hpp"

namespace verge::kernel::quantize_ref {

/// The nearest integer, half away from zero; 0 for NaN, the nearest bound beyond +-2^30.
[[nodiscard]] constexpr std::int32_t round_half_away(float x) {
    constexpr float kMost = 1073741824.0F;
    if (!(x > -kMost && x < kMost)) {
        return x > 0.0F ? 1073741824 : (x < 0.0F ? -1073741824 : 0);
    }
    const auto whole = static_cast<std::int32_t>(x);
    const float rest = x - static_cast<float>(whole);
    return whole + (rest >= 0.5F ? 1 : 0) - (rest <= -0.5F ? 1 : 0);
}

template <typename Out>
[[nodiscard]] constexpr Out saturate(std::int32_t x) {
    return static_cast<Out>(
        clamp(x, std::numeric_limits<Out>::min(), std::numeric_limits<Out>::max()));
}

/// Elements [first, last).
template <typename In, typename Out>
static inline void run_range(
    const Quantize& a, const In* x, Out* y, std::uint32_t first, std::uint32_t last) {
    for (std::uint32_t i = first; i < last; ++i) {
        y[i] = saturate<Out>(wrapping_add(
            multiply(wrapping_add(x[i], a.input_offset), a.multiplier, a.shift), a.output_offset));
    }
}

template <typename Out>
static inline void run_range(
    const Quantize& a, const float* x, Out* y, std::uint32_t first, std::uint32_t last) {
    for (std::uint32_t i = first; i < last; ++i) {
        y[i] = saturate<Out>(wrapping_add(round_half_away(x[i] / a.scale), a.output_offset));
    }
}

}  // namespace verge::kernel::quantize_ref
