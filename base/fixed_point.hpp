#pragma once
// Fixed-point requantisation, with the roundings that TensorFlow Lite and onnxruntime have.
// A real multiplier r > 0 is multiplier * 2^(shift - 31), multiplier in [2^30, 2^31).

#include <cstdint>
#include <limits>

namespace verge {

/// How an accumulator becomes an output. An attribute set at import, never by the target.
enum class Rounding : std::int32_t {
    double_round = 0,  // gemmlowp: saturating doubling high multiply, then rounding shift (tflm)
    single_round = 1,  // 16-bit multiplier on a 64-bit accumulator, one rounding (tflm int16x8)
    ieee32 = 2,        // float multiply, half to even (onnxruntime)
};

/// floor(a * b / 2^31 + 1/2): half up, also below zero; saturates the one overflow (both -2^31).
/// The same as gemmlowp's SaturatingRoundingDoublingHighMul, which divides a nudged product.
[[nodiscard]] constexpr std::int32_t high_multiply(std::int32_t a, std::int32_t b) {
    if (a == b && a == std::numeric_limits<std::int32_t>::min()) {
        return std::numeric_limits<std::int32_t>::max();
    }
    return static_cast<std::int32_t>((std::int64_t{a} * b + (std::int64_t{1} << 30U)) >> 31U);
}

/// x / 2^exponent, half away from zero; exponent in [0, 31].
[[nodiscard]] constexpr std::int32_t divide_by_power(std::int32_t x, int exponent) {
    const auto mask = static_cast<std::int32_t>((std::int64_t{1} << exponent) - 1);
    const std::int32_t remainder = x & mask;
    const std::int32_t threshold = (mask >> 1) + (x < 0 ? 1 : 0);
    return (x >> exponent) + (remainder > threshold ? 1 : 0);
}

/// x * r with the double rounding of gemmlowp; shift in [-31, 30]. A left shift wraps around.
[[nodiscard]] constexpr std::int32_t multiply(std::int32_t x, std::int32_t multiplier, int shift) {
    const int left = shift > 0 ? shift : 0;
    const int right = shift > 0 ? 0 : -shift;
    const auto shifted = static_cast<std::int32_t>(static_cast<std::uint32_t>(x) << left);
    return divide_by_power(high_multiply(shifted, multiplier), right);
}

/// x * r for 64-bit accumulators (|x| < 2^47): a 16-bit multiplier and one rounding;
/// shift in [-31, 7]. As TensorFlow Lite's int16x8 kernels.
[[nodiscard]] constexpr std::int32_t multiply64(std::int64_t x,
                                                std::int32_t multiplier,
                                                int shift) {
    const std::int32_t reduced = multiplier < 0x7fff0000 ? (multiplier + (1 << 15)) >> 16 : 0x7fff;
    const int total = 15 - shift;
    const auto product = static_cast<std::int64_t>(static_cast<std::uint64_t>(x) *
                                                       static_cast<std::uint64_t>(reduced) +
                                                   (std::uint64_t{1} << (total - 1)));
    return static_cast<std::int32_t>(product >> total);
}

[[nodiscard]] constexpr std::int32_t clamp(std::int32_t x, std::int32_t low, std::int32_t high) {
    const std::int32_t above = x < low ? low : x;
    return above > high ? high : above;
}

/// a + b modulo 2^32: hostile data wraps around, as the hardware does.
[[nodiscard]] constexpr std::int32_t wrapping_add(std::int32_t a, std::int32_t b) {
    return static_cast<std::int32_t>(static_cast<std::uint32_t>(a) + static_cast<std::uint32_t>(b));
}

/// a * b modulo 2^32.
[[nodiscard]] constexpr std::int32_t wrapping_multiply(std::int32_t a, std::int32_t b) {
    return static_cast<std::int32_t>(static_cast<std::uint32_t>(a) * static_cast<std::uint32_t>(b));
}

/// The nearest integer, half to even, of |x| < 2^22, without a library call.
[[nodiscard]] constexpr std::int32_t round_half_even(float x) {
    const float magic = 12582912.0F;  // 1.5 * 2^23: adding it leaves no fraction bits
    return static_cast<std::int32_t>((x + magic) - magic);
}

}  // namespace verge
