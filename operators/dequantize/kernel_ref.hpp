#pragma once
// dequantize, the truth. Portable C++17.

#include <cstdint>
#include <cstring>

#include "base/fixed_point.hpp"
#include "operators/dequantize/op.hpp"

namespace verge::kernel::dequantize_ref {

/// scale * (x - zero_point). The difference of up to 16 bits is exact in float, so the product is
/// rounded once, as the reference's product in double is.
template <typename In>
static inline float real(float scale, std::int32_t zero_point, In x) {
    return scale * static_cast<float>(wrapping_add(x, wrapping_multiply(zero_point, -1)));
}

/// 32-bit differences need double to round like the reference.
static inline float real(float scale, std::int32_t zero_point, std::int32_t x) {
    const std::int32_t difference = wrapping_add(x, wrapping_multiply(zero_point, -1));
    return static_cast<float>(static_cast<double>(scale) * static_cast<double>(difference));
}

/// The float that an IEEE 754 binary16 stands for; exact.
static inline float from_half(std::uint16_t half) {
    const std::uint32_t sign = static_cast<std::uint32_t>(half & 0x8000U) << 16U;
    const std::uint32_t exponent = (half >> 10U) & 0x1fU;
    const std::uint32_t fraction = half & 0x3ffU;
    if (exponent == 0) {
        const float tiny = static_cast<float>(fraction) * 5.9604644775390625e-8F;  // 2^-24
        return sign == 0 ? tiny : -tiny;
    }
    const std::uint32_t bits =
        sign | (exponent == 31 ? 0x7f800000U : (exponent + 112U) << 23U) | fraction << 13U;
    float result = 0;
    std::memcpy(&result, &bits, sizeof(result));
    return result;
}

/// Elements [first, last) of a tensor with one scale.
template <typename In>
static inline void run_range(
    const Dequantize& a, const In* x, float* y, std::uint32_t first, std::uint32_t last) {
    for (std::uint32_t i = first; i < last; ++i) {
        y[i] = real(a.scale, a.zero_point, x[i]);
    }
}

struct Channels {
    const float* scales;
    const std::int32_t* zero_points;
    std::uint32_t count;
    std::uint32_t inner;  // elements between one index of the axis and the next
};

/// Elements [first, last) of a tensor with a scale for each index along an axis.
template <typename In>
static inline void run_range_per_axis(
    const Channels& c, const In* x, float* y, std::uint32_t first, std::uint32_t last) {
    for (std::uint32_t i = first; i < last; ++i) {
        const std::uint32_t channel = i / c.inner % c.count;
        y[i] = real(c.scales[channel], c.zero_points[channel], x[i]);
    }
}

}  // namespace verge::kernel::dequantize_ref
