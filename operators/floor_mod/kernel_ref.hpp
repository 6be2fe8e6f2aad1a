#pragma once
// floor_mod, the truth. Portable C++17.

#include <cstdint>
#include <cstring>

namespace verge::kernel::floor_mod_ref {

/// The remainder has the sign of the divisor. 0 when the divisor is 0; the one quotient that
/// overflows leaves 0.
static inline std::int32_t mod_s32(std::int32_t x, std::int32_t divisor) {
    if (divisor == 0 || divisor == -1) {
        return 0;
    }
    const std::int32_t rest = x % divisor;
    return rest != 0 && (divisor < 0) != (rest < 0) ? rest + divisor : rest;
}

/// As std::fmod, exact, without a library: bits of a float, scaled down from the top.
static inline float remainder(float x, float divisor) {
    std::uint32_t a = 0;
    std::uint32_t b = 0;
    std::memcpy(&a, &x, sizeof(a));
    std::memcpy(&b, &divisor, sizeof(b));
    const std::uint32_t sign = a & 0x80000000U;
    a &= 0x7fffffffU;
    b &= 0x7fffffffU;
    if (a >= 0x7f800000U || b > 0x7f800000U || b == 0) {
        const std::uint32_t not_a_number = 0x7fc00000U;
        std::memcpy(&x, &not_a_number, sizeof(x));
        return x;
    }
    if (a < b) {
        return x;
    }
    const auto exponent = [](std::uint32_t bits) {
        return static_cast<std::int32_t>(bits >> 23U ? bits >> 23U : 1U);
    };
    const auto fraction = [](std::uint32_t bits) {
        return (bits & 0x7fffffU) | (bits >> 23U ? 0x800000U : 0U);
    };
    const std::uint32_t b_fraction = fraction(b);
    std::uint32_t rest = fraction(a) % b_fraction;
    for (std::int32_t i = exponent(a) - exponent(b); i > 0; --i) {
        rest = (rest << 1U) % b_fraction;
    }
    std::uint32_t scale = static_cast<std::uint32_t>(exponent(b));
    while (scale > 1 && rest != 0 && rest < 0x800000U) {
        rest <<= 1U;
        --scale;
    }
    const std::uint32_t result =
        sign | (rest < 0x800000U ? rest : (rest & 0x7fffffU) | scale << 23U);
    std::memcpy(&x, &result, sizeof(x));
    return x;
}

static inline float mod_f32(float x, float divisor) {
    const float rest = remainder(x, divisor);
    return rest != 0.0F && (divisor < 0.0F) != (rest < 0.0F) ? rest + divisor : rest;
}

}  // namespace verge::kernel::floor_mod_ref
