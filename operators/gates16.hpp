#pragma once
// Sigmoid and tanh of int16 numbers by a table of the sigmoid with 256 entries and interpolation,
// bit for bit as TensorFlow Lite Micro's int16 kernels compute them (those of the LSTM included).

#include <array>
#include <cstddef>
#include <cstdint>

namespace verge {
namespace gates16 {

/// exp(-x) for x >= 0, error below 1e-15: halved until small, then a series.
constexpr double exp_of_minus(double x) {
    double part = x;
    int squarings = 0;
    for (; part > 0.5; part /= 2) {
        ++squarings;
    }
    double term = 1;
    double sum = 1;
    for (int n = 1; n < 20; ++n) {
        term *= -part / n;
        sum += term;
    }
    for (; squarings > 0; --squarings) {
        sum *= sum;
    }
    return sum;
}

/// Where the reference's table is one higher than the nearest integer.
inline constexpr std::uint8_t kOneHigher[] = {
    4,  8,  12, 14, 15, 16, 17, 19, 20, 21, 22, 25, 27, 28, 29, 30, 31,  33,  34,  35,  37,  39,
    40, 41, 43, 44, 45, 46, 49, 50, 54, 62, 63, 64, 66, 82, 86, 93, 100, 103, 112, 116, 135, 255};

/// 65536 / (1 + exp(-i / 24)), all but to the nearest.
constexpr std::array<std::uint16_t, 256> sigmoid_table() {
    std::array<std::uint16_t, 256> table{};
    for (std::size_t i = 0; i < table.size(); ++i) {
        const double value = 65536 / (1 + exp_of_minus(static_cast<double>(i) / 24));
        table[i] = static_cast<std::uint16_t>(value + 0.5);
    }
    for (const std::uint8_t i : kOneHigher) {
        table[i] = static_cast<std::uint16_t>(table[i] + 1);
    }
    return table;
}

inline constexpr std::array<std::uint16_t, 256> kSigmoid = sigmoid_table();

/// How an input of another scale than 2^-12 becomes one that the table wants, in units of 2^-12 /
/// 3: (x * multiplier + half) >> shift. A scale of 2^-12 has {3, 0}. Precondition: 0 <= multiplier
/// <= 49152, 0 <= shift <= 15.
struct InputScale {
    std::int32_t multiplier;
    std::int32_t shift;
};

constexpr bool is_sound(InputScale scale) {
    return scale.multiplier >= 0 && scale.multiplier <= 49152 && scale.shift >= 0 &&
           scale.shift <= 15;
}

static inline std::int32_t scaled(std::int16_t x, InputScale scale) {
    const std::int32_t half = scale.shift > 0 ? std::int32_t{1} << (scale.shift - 1) : 0;
    return (x * scale.multiplier + half) >> scale.shift;
}

/// The sigmoid of size / (3 * 2^(7 + bits)) in units of 2^-(16 + bits).
static inline std::int32_t interpolated(std::uint32_t size, int bits) {
    const std::uint32_t at = size >> bits;
    const std::uint32_t low = kSigmoid[at];
    const std::uint32_t rise = kSigmoid[at + 1] - low;
    const std::uint32_t part = size & ((1U << bits) - 1);
    return static_cast<std::int32_t>((low << bits) + part * rise);
}

}  // namespace gates16

/// 1 / (1 + exp(-x)), x in Q3.12 when the scale is {3, 0}; the result in Q0.15, at least 0.
static inline std::int16_t sigmoid16(std::int16_t x, gates16::InputScale scale = {3, 0}) {
    const std::int32_t input = gates16::scaled(x, scale);
    const auto size = static_cast<std::uint32_t>(input < 0 ? -input : input);
    const std::int32_t positive =
        (size >> 9U) >= 255 ? 0x7fff << 10 : gates16::interpolated(size, 9);
    const std::int32_t half = 1 << 9;
    const std::int32_t result = input >= 0 ? positive + half : (1 << 25) - positive + half - 1;
    return static_cast<std::int16_t>(result >> 10);
}

/// tanh(x) = 2 sigmoid(2x) - 1, x in Q3.12 when the scale is {3, 0}; the result in Q0.15.
static inline std::int16_t tanh16(std::int16_t x, gates16::InputScale scale = {3, 0}) {
    const std::int32_t input = gates16::scaled(x, scale);
    const auto size = static_cast<std::uint32_t>(input < 0 ? -input : input);
    const std::int32_t positive =
        (size >> 8U) >= 255 ? 0xffff << 8 : gates16::interpolated(size, 8);
    const std::int32_t half = 1 << 7;
    const std::int32_t centred = positive - (1 << 23);
    const std::int32_t result = input >= 0 ? centred + half : -centred + half - 1;
    return static_cast<std::int16_t>(result >> 8);
}

}  // namespace verge
