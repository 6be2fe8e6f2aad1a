#pragma once
// What a model says of each class, in the steps of 1/256 that the smoothing takes. Freestanding and
// without floating-point code: a float is taken apart by its bits.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

#include "plan/plan.hpp"

namespace verge::spotter {

[[nodiscard]] constexpr bool is_posterior(plan::Type type) {
    return type == plan::Type::s8 || type == plan::Type::u8 || type == plan::Type::f32;
}

/// 256 x for a float x given by its bits, rounded down, at most 255; 0 for what is below zero or no
/// number.
[[nodiscard]] constexpr std::uint8_t score_of_float(std::uint32_t bits) {
    constexpr std::uint32_t kOne = 127;  // the exponent of 1.0
    const std::uint32_t exponent = bits >> 23U & 0xffU;
    const bool is_nan = exponent == 0xffU && (bits & 0x7fffffU) != 0;
    if (bits >> 31U != 0 || is_nan || exponent + 8U < kOne) {
        return 0;
    }
    const std::uint32_t mantissa = (bits & 0x7fffffU) | 1U << 23U;
    return exponent >= kOne ? std::uint8_t{255}
                            : static_cast<std::uint8_t>(mantissa >> (23U - 8U + kOne - exponent));
}

/// One score for each element of an output. Precondition: is_posterior(type), and `output` has as
/// many elements as `scores`.
inline void scores_of(std::span<const std::byte> output,
                      plan::Type type,
                      std::span<std::uint8_t> scores) noexcept {
    for (std::size_t i = 0; i < scores.size(); ++i) {
        if (type == plan::Type::f32) {
            std::uint32_t bits = 0;
            std::memcpy(&bits, output.data() + 4 * i, sizeof bits);
            scores[i] = score_of_float(bits);
        } else {
            const auto flip = type == plan::Type::s8 ? std::byte{0x80} : std::byte{0};
            scores[i] = std::to_integer<std::uint8_t>(output[i] ^ flip);
        }
    }
}

static_assert(score_of_float(0x3f800000) == 255 && score_of_float(0x3f000000) == 128 &&
              score_of_float(0x3b800000) == 1 && score_of_float(0x3b7fffff) == 0 &&
              score_of_float(0xbf800000) == 0 && score_of_float(0x7fc00000) == 0 &&
              score_of_float(0x7f800000) == 255);

}  // namespace verge::spotter
