// Squares and adds; unsigned, for the largest sum is 2^31.

#include "signal/energy.hpp"

namespace verge::signal {

void energy(std::span<const ComplexI16> spectrum,
            std::uint32_t first,
            std::uint32_t end,
            std::span<std::uint32_t> output) noexcept {
    for (std::uint32_t i = first; i < end; ++i) {
        const std::int32_t real = spectrum[i].real;
        const std::int32_t imag = spectrum[i].imag;
        output[i] =
            static_cast<std::uint32_t>(real * real) + static_cast<std::uint32_t>(imag * imag);
    }
}

}  // namespace verge::signal
