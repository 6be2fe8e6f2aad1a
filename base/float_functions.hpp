#pragma once
// exp, logistic and tanh of a float without a mathematics library, the same bits on every machine
// that has IEEE 754 floats. Freestanding.

#include <cstdint>
#include <cstring>

namespace verge {

/// 2^n for n in [-126, 127].
[[nodiscard]] inline float power_of_two(std::int32_t n) {
    const std::uint32_t bits = static_cast<std::uint32_t>(n + 127) << 23U;
    float result = 0;
    std::memcpy(&result, &bits, sizeof result);
    return result;
}

/// exp(x), within 2 units in the last place; 0 and infinity beyond the range, NaN for NaN.
/// Reduced by multiples of ln 2; the polynomial is that of the Cephes library.
[[nodiscard]] inline float exp_of(float x) {
    if (x != x) {
        return x;
    }
    const float bounded = x > 89.0F ? 89.0F : x < -104.0F ? -104.0F : x;
    const float magic = 12582912.0F;  // 1.5 * 2^23: adding it leaves no fraction bits
    const float n = (bounded * 1.44269504F + magic) - magic;
    const float r = (bounded - n * 0.693359375F) - n * -2.12194440e-4F;
    float p = 1.9875691500e-4F;
    p = p * r + 1.3981999507e-3F;
    p = p * r + 8.3334519073e-3F;
    p = p * r + 4.1665795894e-2F;
    p = p * r + 1.6666665459e-1F;
    p = p * r + 5.0000001201e-1F;
    const float result = p * (r * r) + r + 1.0F;
    const auto exponent = static_cast<std::int32_t>(n);
    const std::int32_t half = exponent / 2;  // in two steps: 2^128 and 2^-150 are no floats
    return result * power_of_two(half) * power_of_two(exponent - half);
}

/// 1 / (1 + exp(-x)); below -9 exp(x), as TensorFlow Lite does: at most 1.5e-8 more.
[[nodiscard]] inline float logistic_of(float x) {
    return x < -9.0F ? exp_of(x) : 1.0F / (1.0F + exp_of(-x));
}

/// tanh(x), within 3 units in the last place. The polynomial is that of the Cephes library.
[[nodiscard]] inline float tanh_of(float x) {
    const float size = x < 0 ? -x : x;
    if (size >= 0.625F) {
        const float positive = 1.0F - 2.0F / (exp_of(2.0F * size) + 1.0F);
        return x < 0 ? -positive : positive;
    }
    const float z = x * x;
    float p = -5.70498872745e-3F;
    p = p * z + 2.06390887954e-2F;
    p = p * z - 5.37397155531e-2F;
    p = p * z + 1.33314422036e-1F;
    p = p * z - 3.33332819422e-1F;
    return p * z * x + x;
}

}  // namespace verge
