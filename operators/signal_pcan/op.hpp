#pragma once
// signal_pcan: divides each channel by a power of its noise estimate.

#include <cstdint>
#include <type_traits>

namespace verge {

/// Inputs: x u32 [N], noise u32 [N], gains s16 [125] (parabolas, one for each octave of the noise).
/// Output: u32 [N].
struct SignalPcan {
    std::int32_t snr_shift;  // how far the products are shifted right, 0 to 31
};

static_assert(sizeof(SignalPcan) == 4 && std::is_trivially_copyable_v<SignalPcan>);

}  // namespace verge
