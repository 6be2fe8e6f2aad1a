#pragma once
// The energy of each spectral line.

#include <cstdint>
#include <span>

#include "signal/fft.hpp"

namespace verge::signal {

/// output[i] = real^2 + imag^2 for first <= i < end; the other outputs stay as they are. The
/// operator SignalEnergy (attributes `start_index`, `end_index`). Precondition: end <= both sizes.
void energy(std::span<const ComplexI16> spectrum,
            std::uint32_t first,
            std::uint32_t end,
            std::span<std::uint32_t> output) noexcept;

/// output[i] = (real >> shift)^2 + (imag >> shift)^2 for first <= i < end. Precondition: the
/// shifted values fit into 16 bits and are above -32768.
void energy(std::span<const ComplexI32> spectrum,
            int shift,
            std::uint32_t first,
            std::uint32_t end,
            std::span<std::uint32_t> output) noexcept;

}  // namespace verge::signal
