#pragma once
// The natural logarithm of unsigned integers in fixed point.

#include <cstdint>
#include <span>

namespace verge::signal {

/// round(output_scale * ln(x)) up to a table's error. Precondition: x > 0.
[[nodiscard]] std::uint32_t scaled_log(std::uint32_t x, std::uint32_t output_scale) noexcept;

/// 65536 log2(x), error below 3 of its steps. Precondition: x > 0.
[[nodiscard]] std::int32_t log2_q16(std::uint64_t x) noexcept;

/// output[i] = min(scaled_log(input[i] << input_correction_bits, output_scale), 32767), zero where
/// the shifted input is at most 1. The operator SignalFilterBankLog under its attributes' names.
void channel_logs(std::span<const std::uint32_t> input,
                  std::uint32_t output_scale,
                  int input_correction_bits,
                  std::span<std::int16_t> output) noexcept;

}  // namespace verge::signal
