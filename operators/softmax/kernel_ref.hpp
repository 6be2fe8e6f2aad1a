#pragma once
// softmax, the truth: fixed point as TensorFlow Lite Micro computes it. Each body makes one row and
// may write over its input. Portable C++17.

#include <cstddef>
#include <cstdint>
#include <limits>

#include "base/fixed_functions.hpp"
#include "base/fixed_point.hpp"
#include "base/float_functions.hpp"
#include "operators/softmax/op.hpp"

namespace verge::kernel::softmax_ref {

template <typename T>
static inline T greatest(const T* x, std::size_t count) {
    T most = std::numeric_limits<T>::lowest();
    for (std::size_t i = 0; i < count; ++i) {
        most = most < x[i] ? x[i] : most;
    }
    return most;
}

static inline void row_float(float beta, std::size_t count, const float* x, float* y) {
    const float most = greatest(x, count);
    float sum = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const float e = exp_of((x[i] - most) * beta);
        y[i] = e;
        sum += e;
    }
    for (std::size_t i = 0; i < count; ++i) {
        y[i] /= sum;
    }
}

/// The number of zero bits before the first one. Precondition: x is not 0.
static inline int leading_zeros(std::uint32_t x) {
    int count = 0;
    for (; (x & 0x80000000U) == 0; x <<= 1U) {
        ++count;
    }
    return count;
}

/// exp(beta * scale * diff) in Q0 for diff in [diff_min, 0]: the product is in Q5.
static inline std::int32_t exp_of_difference(const Softmax& a, std::int32_t diff) {
    const std::uint32_t shifted = static_cast<std::uint32_t>(diff) << a.input_shift;
    return fixed::exp_of_negative<5>(
        high_multiply(static_cast<std::int32_t>(shifted), a.input_multiplier));
}

/// 8-bit input, 8- or 16-bit output, over the whole range of Out.
template <typename In, typename Out>
static inline void row_fixed(const Softmax& a, std::size_t count, const In* x, Out* y) {
    constexpr std::int32_t kLow = std::numeric_limits<Out>::min();
    constexpr std::int32_t kHigh = std::numeric_limits<Out>::max();
    constexpr int kSumBits = 12;  // integer bits of the sum
    const std::int32_t most = greatest(x, count);
    std::uint32_t sum = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const std::int32_t diff = x[i] - most;
        if (diff >= a.diff_min) {
            sum +=
                static_cast<std::uint32_t>(divide_by_power(exp_of_difference(a, diff), kSumBits));
        }
    }
    sum = sum == 0 ? 1 : sum;  // only thousands of classes could wrap around to 0
    const int headroom = leading_zeros(sum);
    const std::int32_t reciprocal =
        fixed::one_over_one_plus(static_cast<std::int32_t>((sum << headroom) - 0x80000000U));
    const int exponent = clamp(kSumBits - headroom + 31 - 8 * static_cast<int>(sizeof(Out)), 0, 31);
    for (std::size_t i = 0; i < count; ++i) {
        const std::int32_t diff = x[i] - most;
        std::int32_t result = kLow;
        if (diff >= a.diff_min) {
            const std::int32_t scaled = high_multiply(reciprocal, exp_of_difference(a, diff));
            result = clamp(wrapping_add(divide_by_power(scaled, exponent), kLow), kLow, kHigh);
        }
        y[i] = static_cast<Out>(result);
    }
}

/// A table of 513 entries, read with linear interpolation.
static inline std::int16_t interpolate(std::int16_t at, const std::int16_t* table) {
    const auto index = static_cast<std::size_t>(256 + (at >> 7));
    const auto slope = static_cast<std::int16_t>(table[index + 1] - table[index]);
    return static_cast<std::int16_t>(table[index] + ((slope * (at & 0x7f) + 64) >> 7));
}

struct Tables {
    const std::int16_t* exp;
    const std::int16_t* reciprocal;
};

/// int16: exp and reciprocal from tables; y holds the exponentials meanwhile.
static inline void row_tables(const Softmax& a,
                              const Tables& tables,
                              std::size_t count,
                              const std::int16_t* x,
                              std::int16_t* y) {
    const std::int32_t most = greatest(x, count);
    std::int32_t sum = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const std::int32_t scaled = multiply(x[i] - most, a.input_multiplier, a.input_shift);
        const std::int32_t centred = clamp(wrapping_add(scaled, 32767), -32768, 32767);
        y[i] = interpolate(static_cast<std::int16_t>(centred), tables.exp);
        sum = wrapping_add(sum, y[i]);
    }
    sum = sum < 2 ? 2 : sum;  // tables that are not exponentials
    const int headroom = leading_zeros(static_cast<std::uint32_t>(sum));
    const auto shifted =
        static_cast<std::int32_t>(((std::int64_t{sum} << (headroom - 1)) + (1 << 13)) >> 14);
    const std::int32_t centred = clamp(shifted - ((1 << 15) + (1 << 16)), -32768, 32767);
    const std::int32_t reciprocal =
        interpolate(static_cast<std::int16_t>(centred), tables.reciprocal);
    const int right = 31 - headroom;
    for (std::size_t i = 0; i < count; ++i) {
        const std::int64_t product =
            std::int64_t{y[i]} * reciprocal + (std::int64_t{1} << (right - 1));
        y[i] =
            static_cast<std::int16_t>(clamp(static_cast<std::int32_t>(product >> right), 0, 32767));
    }
}

}  // namespace verge::kernel::softmax_ref
