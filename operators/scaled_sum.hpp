#pragma once
// Sum and difference of integers with unlike scales, as TensorFlow Lite Micro rounds them: both
// inputs are shifted left, brought to twice the larger scale, added, and brought to the output's.
// Shared by add and sub, whose structs have the same members. Freestanding, C++17.

#include <cstdint>

#include "base/fixed_point.hpp"
#include "operators/broadcast.hpp"

namespace verge::scaled_sum {

[[nodiscard]] constexpr std::int32_t scaled(std::int32_t x,
                                            int left_shift,
                                            std::int32_t multiplier,
                                            int shift) {
    return multiply(static_cast<std::int32_t>(static_cast<std::uint32_t>(x) << left_shift),
                    multiplier, shift);
}

/// `sign` 1 adds. -1 subtracts by a negated multiplier, which rounds halves the other way than
/// subtracting the product does (uint8 of LiteRT does so); 0 subtracts the product.
template <int kSign, typename T, typename Attributes>
static inline T one(const Attributes& a, T x1, T x2) {
    const std::int32_t first = scaled(x1 + a.input1_offset, a.left_shift, a.multiplier1, a.shift1);
    const std::int32_t second = scaled(x2 + a.input2_offset, a.left_shift,
                                       kSign < 0 ? -a.multiplier2 : a.multiplier2, a.shift2);
    const std::int32_t sum = kSign == 0 ? wrapping_add(first, wrapping_multiply(second, -1))
                                        : wrapping_add(first, second);
    const std::int32_t result =
        wrapping_add(multiply(sum, a.output_multiplier, a.output_shift), a.output_offset);
    return static_cast<T>(clamp(result, a.clamp_min, a.clamp_max));
}

/// True when one() is defined for every element of up to 16 bits.
template <typename Attributes>
[[nodiscard]] static inline bool is_sound(const Attributes& a) {
    using check::is_between;
    using check::is_multiplier;
    return is_between(a.input1_offset, -32768, 32768) &&
           is_between(a.input2_offset, -32768, 32768) &&
           is_between(a.output_offset, -32768, 32767) && is_between(a.left_shift, 0, 20) &&
           is_multiplier(a.multiplier1, a.shift1) && is_multiplier(a.multiplier2, a.shift2) &&
           is_multiplier(a.output_multiplier, a.output_shift);
}

/// NaN stays NaN.
[[nodiscard]] constexpr float clamp_float(float x, float low, float high) {
    const float above = x < low ? low : x;
    return above > high ? high : above;
}

}  // namespace verge::scaled_sum
