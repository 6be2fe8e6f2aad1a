// signal_spectral_subtraction: gives the function of `signal` its operands.

#include "operators/kernel.hpp"
#include "operators/signal_spectral_subtraction/op.hpp"
#include "operators/spans.hpp"
#include "signal/spectral_subtraction.hpp"

namespace verge::kernel {
namespace {

signal::SpectralSubtraction settings_of(const SignalSpectralSubtraction& a) {
    return {static_cast<std::uint32_t>(a.smoothing),
            static_cast<std::uint32_t>(a.one_minus_smoothing),
            static_cast<std::uint32_t>(a.alternate_smoothing),
            static_cast<std::uint32_t>(a.alternate_one_minus_smoothing),
            static_cast<std::uint32_t>(a.min_signal_remaining),
            static_cast<std::uint32_t>(a.smoothing_bits),
            static_cast<std::uint32_t>(a.spectral_subtraction_bits),
            a.clamping != 0};
}

}  // namespace

void signal_spectral_subtraction_u32_u32_u32_ref(const Call& call, Tiles) noexcept {
    const signal::SpectralSubtraction settings =
        settings_of(call.attributes<SignalSpectralSubtraction>());
    signal::subtract_noise(settings, input_span<std::uint32_t>(call, 0),
                           output_span<std::uint32_t>(call, 1),
                           output_span<std::uint32_t>(call, 0));
}

}  // namespace verge::kernel
