#pragma once
// signal_fft_auto_scale: shifts samples left until the largest magnitude fills 15 bits.

#include <cstdint>
#include <type_traits>

namespace verge {

/// Input: x s16 of any shape. Outputs: y s16 as x, and s32 [] or [1], by how many bits (0 to 15).
struct SignalFftAutoScale {
    std::int32_t reserved;  // zero
};

static_assert(sizeof(SignalFftAutoScale) == 4 && std::is_trivially_copyable_v<SignalFftAutoScale>);

}  // namespace verge
