#pragma once
// Noise reduction: each channel keeps a slow average of itself, and what is left after taking it
// away goes on, but never less than a small share of the signal.

#include <cstdint>
#include <span>

namespace verge::signal {

/// The attributes of the operator SignalFilterBankSpectralSubtraction, under its own names. Shares
/// are in units of 2^-spectral_subtraction_bits. Even channels use the first pair, odd ones the
/// alternate.
struct SpectralSubtraction {
    std::uint32_t smoothing;
    std::uint32_t one_minus_smoothing;
    std::uint32_t alternate_smoothing;
    std::uint32_t alternate_one_minus_smoothing;
    std::uint32_t min_signal_remaining;
    std::uint32_t smoothing_bits;
    std::uint32_t spectral_subtraction_bits;
    bool clamping;
};

/// One frame. `noise` is the state: the estimates, scaled by 2^smoothing_bits; zeros at the start
/// of a stream; the operator's second output is a copy of it after the call. input and output may
/// be the same memory. All sizes are `num_channels`.
void subtract_noise(const SpectralSubtraction& settings,
                    std::span<const std::uint32_t> input,
                    std::span<std::uint32_t> noise,
                    std::span<std::uint32_t> output) noexcept;

}  // namespace verge::signal
