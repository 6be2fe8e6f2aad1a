#pragma once
// Integer square roots, rounded to the nearest.

#include <cstdint>
#include <span>

#include "signal/fft.hpp"

namespace verge::signal {

/// sqrt(x) to the nearest integer. Below 2^32 the result stops at 65535, as in the reference.
[[nodiscard]] std::uint32_t square_root(std::uint64_t x) noexcept;

/// |value|, to 15 leading bits and half a step. Precondition: both parts are above -2^30 and below
/// 2^30.
[[nodiscard]] std::uint32_t magnitude(ComplexI32 value) noexcept;

/// output[i] = square_root(input[i]) >> scale_bits. The operator SignalFilterBankSquareRoot, whose
/// second operand is the scale. Precondition: 0 <= scale_bits < 32.
void channel_square_roots(std::span<const std::uint64_t> input,
                          int scale_bits,
                          std::span<std::uint32_t> output) noexcept;

}  // namespace verge::signal
