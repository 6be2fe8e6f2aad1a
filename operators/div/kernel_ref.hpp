#pragma once
// div, the truth. Portable C++17.

#include <cstdint>

#include "base/fixed_point.hpp"
#include "operators/div/op.hpp"
#include "operators/scaled_sum.hpp"

namespace verge::kernel::div_ref {

/// Towards zero. A divisor of 0 gives 0, as a Cortex-M's divider does; -2^31 / -1 wraps around.
static inline std::int32_t div_s32(const Div& a, std::int32_t x, std::int32_t divisor) {
    const std::int32_t quotient =
        divisor == 0 ? 0 : (divisor == -1 ? wrapping_multiply(x, -1) : x / divisor);
    return clamp(quotient, a.clamp_min, a.clamp_max);
}

static inline float div_float(const Div& a, float x, float divisor) {
    return scaled_sum::clamp_float(x / divisor, a.float_min, a.float_max);
}

[[nodiscard]] constexpr std::int32_t leading_zeros(std::uint32_t x) {
    std::int32_t count = 0;
    for (; count < 32 && (x & 0x80000000U) == 0; ++count) {
        x <<= 1U;
    }
    return count;
}

/// 1 / (1 + x) for x in [0, 1), both with 31 fraction bits: three steps of Newton and Raphson from
/// the line 48/17 - 32/17 d, d the halved denominator, as gemmlowp takes them.
static inline std::int32_t reciprocal_of_one_plus(std::int32_t x) {
    constexpr std::int32_t kOne = 0x7fffffff;
    const auto half = static_cast<std::int32_t>((std::int64_t{x} + kOne + 1) / 2);
    constexpr std::int32_t k48Over17 = 1515870810;  // 29 fraction bits
    constexpr std::int32_t kMinus32Over17 = -1010580540;
    std::int32_t guess = wrapping_add(k48Over17, high_multiply(half, kMinus32Over17));
    for (int i = 0; i < 3; ++i) {
        const std::int32_t product = high_multiply(half, guess);
        const std::int32_t error = wrapping_add(1 << 29, wrapping_multiply(product, -1));
        const std::int64_t correction = std::int64_t{high_multiply(guess, error)} * 4;
        const std::int64_t bounded =
            correction > kOne ? kOne : (correction < -kOne - 1LL ? -kOne - 1LL : correction);
        guess = wrapping_add(guess, static_cast<std::int32_t>(bounded));
    }
    const std::int64_t result = std::int64_t{guess} * 2;  // half of it, at 31 fraction bits
    return static_cast<std::int32_t>(result > kOne ? kOne : result);
}

/// The quotient of two differences from zero points, by the reciprocal of the divisor. A divisor
/// of 0 gives the bound of the quotient's sign, or for 0 / 0 the zero point.
template <typename T>
static inline T div_scaled(const Div& a, T x1, T x2) {
    std::int32_t x = x1 + a.input1_offset;
    std::int32_t divisor = x2 + a.input2_offset;
    if (divisor == 0) {
        return static_cast<T>(x == 0 ? clamp(a.output_offset, a.clamp_min, a.clamp_max)
                                     : (x > 0 ? a.clamp_max : a.clamp_min));
    }
    if (divisor < 0) {
        x = -x;
        divisor = -divisor;
    }
    const std::int32_t zeros = leading_zeros(static_cast<std::uint32_t>(divisor));
    const std::uint32_t fraction = (static_cast<std::uint32_t>(divisor) << zeros) - 0x80000000U;
    const std::int32_t inverse = reciprocal_of_one_plus(static_cast<std::int32_t>(fraction));
    const std::int32_t headroom = leading_zeros(static_cast<std::uint32_t>(x < 0 ? ~x : x)) - 1;
    const auto raised = static_cast<std::int32_t>(static_cast<std::uint32_t>(x) << headroom);
    const std::int32_t quotient = high_multiply(raised, inverse);
    const std::int32_t shift = a.shift - (31 - zeros) - headroom;
    const std::int32_t scaled = high_multiply(quotient, a.multiplier);
    const std::int32_t result =
        shift < -31 ? 0
                    : (shift > 0 ? multiply(quotient, a.multiplier, shift > 30 ? 30 : shift)
                                 : divide_by_power(scaled, -shift));
    return static_cast<T>(clamp(wrapping_add(result, a.output_offset), a.clamp_min, a.clamp_max));
}

}  // namespace verge::kernel::div_ref
