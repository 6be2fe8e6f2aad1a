// Squares and adds; unsigned, for the largest sum is 2^31.

#include "signal/energy.hpp"

namespace verge::signal {
namespace {

std::uint32_t squares(std::int32_t real, std::int32_t imag) {
    return static_cast<std::uint32_t>(real * real) + static_cast<std::uint32_t>(imag * imag);
}

}  // namespace

void energy(std::span<const ComplexI16> spectrum,
            std::uint32_t first,
            std::uint32_t end,
            std::span<std::uint32_t> output) noexcept {
    for (std::uint32_t i = first; i < end; ++i) {
        output[i] = squares(spectrum[i].real, spectrum[i].imag);
    }
}

void energy(std::span<const ComplexI32> spectrum,
            int shift,
            std::uint32_t first,
            std::uint32_t end,
            std::span<std::uint32_t> output) noexcept {
    for (std::uint32_t i = first; i < end; ++i) {
        output[i] = squares(spectrum[i].real >> shift, spectrum[i].imag >> shift);
    }
}

}  // namespace verge::signal
