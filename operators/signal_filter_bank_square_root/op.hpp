#pragma once
// signal_filter_bank_square_root: the root of each channel, scaled back.

#include <cstdint>
#include <type_traits>

namespace verge {

/// Inputs: x u64 [N], scale s32 [] or [1], how far the roots are shifted right (what lies outside 0
/// to 31 counts as the nearest of them). Output: u32 [N].
struct SignalFilterBankSquareRoot {
    std::int32_t reserved;  // zero
};

static_assert(sizeof(SignalFilterBankSquareRoot) == 4 &&
              std::is_trivially_copyable_v<SignalFilterBankSquareRoot>);

}  // namespace verge
