#pragma once
// signal_window: each sample times a weight of a window.

#include <cstdint>
#include <type_traits>

namespace verge {

/// Inputs: x s16 [..,N], window s16 [N] or any count that divides the elements of x. Output: s16 as
/// x. output[i] = saturate16((x[i] * window[i mod N]) >> shift).
struct SignalWindow {
    std::int32_t shift;  // how far the products are shifted right, 0 to 31
};

static_assert(sizeof(SignalWindow) == 4 && std::is_trivially_copyable_v<SignalWindow>);

}  // namespace verge
