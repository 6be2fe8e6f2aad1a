#pragma once
// exp, 1/(1+x), logistic and tanh in 32-bit fixed point, bit for bit as gemmlowp's FixedPoint
// computes them, which is what TensorFlow Lite Micro's int8 kernels do. Freestanding.
//
// Qm: an int32 with m integer bits and 31 - m fraction bits; "One" of Q0 is 2^31 - 1.

#include <cstdint>
#include <limits>

#include "base/fixed_point.hpp"

namespace verge::fixed {

inline constexpr std::int32_t kOneQ0 = std::numeric_limits<std::int32_t>::max();
inline constexpr std::int32_t kOneQ2 = std::int32_t{1} << 29;

[[nodiscard]] constexpr std::int32_t wrapping_subtract(std::int32_t a, std::int32_t b) {
    return static_cast<std::int32_t>(static_cast<std::uint32_t>(a) - static_cast<std::uint32_t>(b));
}

/// x * 2^exponent, saturating; exponent in [0, 30].
[[nodiscard]] constexpr std::int32_t saturating_shift(std::int32_t x, int exponent) {
    const std::int32_t most = std::numeric_limits<std::int32_t>::max() >> exponent;
    if (x > most) {
        return std::numeric_limits<std::int32_t>::max();
    }
    if (x < -most - 1) {
        return std::numeric_limits<std::int32_t>::min();
    }
    return static_cast<std::int32_t>(static_cast<std::uint32_t>(x) << exponent);
}

/// exp(a) in Q0 for a in [-1/4, 0) in Q0: a Taylor polynomial around -1/8.
[[nodiscard]] constexpr std::int32_t exp_of_last_quarter(std::int32_t a) {
    constexpr std::int32_t kExpOfMinusEighth = 1895147668;
    constexpr std::int32_t kThird = 715827883;
    const std::int32_t x = wrapping_add(a, std::int32_t{1} << 28);
    const std::int32_t x2 = high_multiply(x, x);
    const std::int32_t x3 = high_multiply(x2, x);
    const std::int32_t x4 = high_multiply(x2, x2);
    const std::int32_t tail = high_multiply(wrapping_add(divide_by_power(x4, 2), x3), kThird);
    const std::int32_t sum = wrapping_add(x, divide_by_power(wrapping_add(tail, x2), 1));
    return wrapping_add(kExpOfMinusEighth, high_multiply(kExpOfMinusEighth, sum));
}

/// exp(a) in Q0 for a <= 0 in Q(integer_bits), integer_bits in [0, 5]. A positive a gives some
/// number without undefined behaviour.
template <int integer_bits>
[[nodiscard]] constexpr std::int32_t exp_of_negative(std::int32_t a) {
    static_assert(integer_bits >= 0 && integer_bits <= 5);
    constexpr int kFraction = 31 - integer_bits;
    constexpr std::int32_t kQuarter = std::int32_t{1} << (kFraction - 2);
    // exp(-2^(i - 2)) in Q0, one for each bit of what remains beyond the last quarter.
    constexpr std::int32_t kFactors[] = {1672461947, 1302514674, 790015084, 290630308,
                                         39332535,   720401,     242};
    if (a == 0) {
        return kOneQ0;
    }
    const std::int32_t last = (a & (kQuarter - 1)) - kQuarter;
    const std::int32_t rest = wrapping_subtract(last, a);
    std::int32_t result = exp_of_last_quarter(saturating_shift(last, integer_bits));
    for (int i = 0; i < integer_bits + 2; ++i) {
        if ((static_cast<std::uint32_t>(rest) >> (kFraction - 2 + i) & 1U) != 0) {
            result = high_multiply(result, kFactors[i]);
        }
    }
    return result;
}

/// 2 / (1 + a) in Q2 for a in [0, 1] in Q0: three steps of Newton and Raphson.
[[nodiscard]] constexpr std::int32_t two_over_one_plus(std::int32_t a) {
    constexpr std::int32_t k48Over17 = 1515870810;
    constexpr std::int32_t kMinus32Over17 = -1010580540;
    const std::int64_t sum = std::int64_t{a} + kOneQ0;
    const auto half = static_cast<std::int32_t>((sum + (sum >= 0 ? 1 : -1)) / 2);
    std::int32_t x = wrapping_add(k48Over17, high_multiply(half, kMinus32Over17));
    for (int i = 0; i < 3; ++i) {
        const std::int32_t error = wrapping_subtract(kOneQ2, high_multiply(half, x));
        x = wrapping_add(x, saturating_shift(high_multiply(x, error), 2));
    }
    return x;
}

/// 1 / (1 + a) in Q0 for a in [0, 1] in Q0.
[[nodiscard]] constexpr std::int32_t one_over_one_plus(std::int32_t a) {
    return saturating_shift(two_over_one_plus(a), 1);
}

/// (1 - a) / (1 + a) in Q0 for a in [0, 1] in Q0.
[[nodiscard]] constexpr std::int32_t one_minus_over_one_plus(std::int32_t a) {
    return saturating_shift(wrapping_subtract(two_over_one_plus(a), kOneQ2), 2);
}

/// 1 / (1 + exp(-a)) in Q0 for a in Q4.
[[nodiscard]] constexpr std::int32_t logistic(std::int32_t a) {
    if (a == 0) {
        return std::int32_t{1} << 30;
    }
    const std::int32_t minus = a > 0 ? wrapping_subtract(0, a) : a;
    const std::int32_t positive = one_over_one_plus(exp_of_negative<4>(minus));
    return a > 0 ? positive : wrapping_subtract(kOneQ0, positive);
}

/// tanh(a) in Q0 for a in Q4.
[[nodiscard]] constexpr std::int32_t tanh(std::int32_t a) {
    if (a == 0) {
        return 0;
    }
    const std::int32_t minus = a > 0 ? wrapping_subtract(0, a) : a;
    const std::int32_t positive = one_minus_over_one_plus(exp_of_negative<5>(minus));
    return a > 0 ? positive : wrapping_subtract(0, positive);
}

}  // namespace verge::fixed
