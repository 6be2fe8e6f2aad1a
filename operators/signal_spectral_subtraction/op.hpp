#pragma once
// signal_spectral_subtraction: takes a slow average of itself away from each channel.

#include <cstdint>
#include <type_traits>

namespace verge {

/// Inputs: x u32 [N], noise u32 [N]. Outputs: y u32 [N], and once more noise: it is state that is
/// read and written, so the same value stands in both lists.
struct SignalSpectralSubtraction {
    std::int32_t smoothing;  // of even channels: the share of the new signal in the estimate
    std::int32_t one_minus_smoothing;  // the share of the old estimate
    std::int32_t alternate_smoothing;  // of odd channels
    std::int32_t alternate_one_minus_smoothing;
    std::int32_t min_signal_remaining;       // what of the signal always remains
    std::int32_t smoothing_bits;             // estimates are scaled by 2^smoothing_bits
    std::int32_t spectral_subtraction_bits;  // shares are in units of 2^-spectral_subtraction_bits
    std::int32_t clamping;                   // 1: an estimate is never above the signal
};

static_assert(sizeof(SignalSpectralSubtraction) == 32 &&
              std::is_trivially_copyable_v<SignalSpectralSubtraction>);

}  // namespace verge
