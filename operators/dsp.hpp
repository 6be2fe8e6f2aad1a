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

/// The low bytes of four words, to any address, in one store.
static inline void store_four(
    std::int8_t* to, std::int32_t b0, std::int32_t b1, std::int32_t b2, std::int32_t b3) {
    const auto byte = [](std::int32_t word) { return static_cast<std::uint32_t>(word) & 0xffU; };
    const std::uint32_t low = byte(b0) | byte(b1) << 8U;
    const std::uint32_t four = low | byte(b2) << 16U | static_cast<std::uint32_t>(b3) << 24U;
    std::memcpy(to, &four, 4);
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

/// high / 2^-shift, half away from zero: floor((h - [h < 0] + 2^(e-1)) / 2^e), its half added after
/// a first shift so that nothing overflows. |high| < 2^31, shift in [-31, -1].
[[gnu::always_inline]] static inline std::int32_t shift_rounding(std::int32_t high,
                                                                 std::int32_t shift) {
    return (((high + (high >> 31)) >> ~shift) + 1) >> 1;
}

/// The doubling high multiply is floor((x * m + 2^30) / 2^31) for x of either sign: its halves
/// round up.
[[gnu::always_inline]] static inline std::int32_t high_multiply(std::int32_t x,
                                                                std::int32_t multiplier) {
    return static_cast<std::int32_t>((std::int64_t{x} * multiplier + (1 << 30)) >> 31);
}

/// multiply() of base/fixed_point.hpp for every x; multiplier >= 0; shift in [-31, 30].
[[gnu::always_inline]] static inline std::int32_t multiply(std::int32_t x,
                                                           std::int32_t multiplier,
                                                           std::int32_t shift) {
    if (shift < 0) {
        return shift_rounding(high_multiply(x, multiplier), shift);
    }
    return high_multiply(static_cast<std::int32_t>(static_cast<std::uint32_t>(x) << shift),
                         multiplier);
}

}  // namespace verge::kernel::dsp
