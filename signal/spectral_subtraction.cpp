// Noise reduction, one channel at a time; products in 64 bits, results cut to 32 as in the
// reference.

#include "signal/spectral_subtraction.hpp"

#include <algorithm>
#include <cstddef>

namespace verge::signal {
namespace {

std::uint32_t share(std::uint64_t product, std::uint32_t bits) {
    return static_cast<std::uint32_t>(product >> bits);
}

}  // namespace

void subtract_noise(const SpectralSubtraction& settings,
                    std::span<const std::uint32_t> input,
                    std::span<std::uint32_t> noise,
                    std::span<std::uint32_t> output) noexcept {
    const std::uint32_t bits = settings.spectral_subtraction_bits;
    for (std::size_t i = 0; i < input.size(); ++i) {
        const bool odd = i % 2 == 1;
        const std::uint64_t fresh = odd ? settings.alternate_smoothing : settings.smoothing;
        const std::uint64_t kept =
            odd ? settings.alternate_one_minus_smoothing : settings.one_minus_smoothing;
        const std::uint32_t signal = input[i] << settings.smoothing_bits;
        noise[i] = share(signal * fresh + noise[i] * kept, bits);
        const std::uint32_t taken = std::min(noise[i], signal);
        if (settings.clamping) {
            noise[i] = taken;
        }
        const std::uint32_t least =
            share(std::uint64_t{input[i]} * settings.min_signal_remaining, bits);
        output[i] = std::max((signal - taken) >> settings.smoothing_bits, least);
    }
}

}  // namespace verge::signal
