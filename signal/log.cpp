// The logarithm to base 2 by the leading bit and a table of what the mantissa lacks, then times
// ln 2.

#include "signal/log.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>

#include "signal/constant_math.hpp"

namespace verge::signal {
namespace {

constexpr int kScaleBits = 16;
constexpr int kSegmentBits = 7;
constexpr int kSegmentWidthBits = kScaleBits - kSegmentBits;
constexpr std::uint32_t kHalf = 1U << (kScaleBits - 1);
constexpr std::uint32_t kLn2 = constant::nearest((1 << kScaleBits) * constant::kLn2);

/// log2(1 + f) - f at the ends of 128 segments of f in [0, 1], scaled by 2^16.
consteval std::array<std::uint16_t, (1 << kSegmentBits) + 1> excess_table() {
    std::array<std::uint16_t, (1 << kSegmentBits) + 1> table{};
    for (std::size_t i = 1; i + 1 < table.size(); ++i) {
        const double f = static_cast<double>(i) / (1 << kSegmentBits);
        const double excess = constant::logarithm(1 + f) / constant::kLn2 - f;
        table[i] = static_cast<std::uint16_t>(constant::nearest((1 << kScaleBits) * excess));
    }
    return table;
}

constexpr auto kExcess = excess_table();

/// 2^16 * log2(1 + f / 2^16) for f in [0, 2^16). The step between two entries of the table is
/// weighed by the rest of f and shifted by `slope_bits`.
template <int slope_bits>
std::int32_t fraction_of(std::int32_t f) {
    const auto segment = static_cast<std::size_t>(f >> kSegmentWidthBits);
    const std::int32_t left = kExcess[segment];
    const std::int32_t slope = kExcess[segment + 1] - left;
    const std::int32_t inside = f & ((1 << kSegmentWidthBits) - 1);
    return f + left + ((slope * inside) >> slope_bits);
}

/// 2^16 * log2(x) as the reference has it: its slope is shifted too far, by the bits of the scale.
std::uint32_t reference_log2(std::uint32_t x) {
    const int whole = static_cast<int>(std::bit_width(x)) - 1;
    const std::uint32_t mantissa = x - (1U << whole);
    const auto f = static_cast<std::int32_t>(whole < kScaleBits ? mantissa << (kScaleBits - whole)
                                                                : mantissa >> (whole - kScaleBits));
    return (static_cast<std::uint32_t>(whole) << kScaleBits) +
           static_cast<std::uint32_t>(fraction_of<kScaleBits>(f));
}

}  // namespace

std::int32_t log2_q16(std::uint64_t x) noexcept {
    const int whole = static_cast<int>(std::bit_width(x)) - 1;
    const std::uint64_t mantissa = x - (std::uint64_t{1} << whole);
    const auto f = static_cast<std::int32_t>(whole < kScaleBits ? mantissa << (kScaleBits - whole)
                                                                : mantissa >> (whole - kScaleBits));
    return whole * (1 << kScaleBits) + fraction_of<kSegmentWidthBits>(f);
}

std::uint32_t scaled_log(std::uint32_t x, std::uint32_t output_scale) noexcept {
    const std::uint64_t natural = (std::uint64_t{kLn2} * reference_log2(x) + kHalf) >> kScaleBits;
    return (output_scale * static_cast<std::uint32_t>(natural) + kHalf) >> kScaleBits;
}

void channel_logs(std::span<const std::uint32_t> input,
                  std::uint32_t output_scale,
                  int input_correction_bits,
                  std::span<std::int16_t> output) noexcept {
    for (std::size_t i = 0; i < input.size(); ++i) {
        const std::uint32_t scaled = input[i] << input_correction_bits;
        const std::uint32_t value = scaled > 1 ? scaled_log(scaled, output_scale) : 0;
        output[i] = static_cast<std::int16_t>(std::min<std::uint32_t>(value, INT16_MAX));
    }
}

}  // namespace verge::signal
