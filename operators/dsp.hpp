#pragma once
// What the kernels for Cortex-M4, M7 and M33 share: four bytes as two pairs of int16, and
// multiply() of base/fixed_point.hpp in fewer instructions. Freestanding, C++17; only built for
// these cores.

#include <arm_acle.h>

#include <cstdint>
#include <cstring>

namespace verge::kernel::dsp {

/// Two int16 in a register, as the intrinsics take them.
using Pair = std::int32_t;

/// Four bytes at any address.
static inline std::int32_t load_four(const std::int8_t* from) {
    std::int32_t four = 0;
    std::memcpy(&four, from, 4);
    return four;
}

/// Bytes 0 and 2 of a four. By hand: g++ 12 does not fold the rotation of the odd ones.
static inline Pair even(std::int32_t four) {
    Pair pair = 0;
    asm("sxtb16 %0, %1" : "=r"(pair) : "r"(four));
    return pair;
}

/// Bytes 1 and 3.
static inline Pair odd(std::int32_t four) {
    Pair pair = 0;
    asm("sxtb16 %0, %1, ror #8" : "=r"(pair) : "r"(four));
    return pair;
}

/// Bytes 0 and 2 plus a pair.
static inline Pair even_plus(Pair offset, std::int32_t four) {
    Pair pair = 0;
    asm("sxtab16 %0, %1, %2" : "=r"(pair) : "r"(offset), "r"(four));
    return pair;
}

static inline Pair odd_plus(Pair offset, std::int32_t four) {
    Pair pair = 0;
    asm("sxtab16 %0, %1, %2, ror #8" : "=r"(pair) : "r"(offset), "r"(four));
    return pair;
}

/// The same int16 twice.
static inline Pair twice(std::int32_t value) {
    const std::uint32_t half = static_cast<std::uint32_t>(value) & 0xffffU;
    return static_cast<Pair>(half | half << 16U);
}

/// Half away from zero: floor((h - [h < 0] + 2^(e-1)) / 2^e), added after a first shift so that
/// nothing overflows. |h| < 2^31.
static inline std::int32_t shift_rounding(std::int32_t high, std::int32_t shift) {
    return shift >= 0 ? high : (((high + (high >> 31)) >> (-shift - 1)) + 1) >> 1;
}

/// The doubling high multiply is floor((x * m + 2^30) / 2^31) for x of either sign: its halves
/// round up. m >= 0; shift in [-31, 30].
static inline std::int32_t multiply(std::int32_t x, std::int32_t multiplier, std::int32_t shift) {
    const std::uint32_t left = shift > 0 ? static_cast<std::uint32_t>(shift) : 0U;
    const auto shifted = static_cast<std::int32_t>(static_cast<std::uint32_t>(x) << left);
    const std::int64_t product = std::int64_t{shifted} * multiplier + (1 << 30);
    return shift_rounding(static_cast<std::int32_t>(product >> 31), shift);
}

}  // namespace verge::kernel::dsp
