#pragma once
// sub: the difference of two inputs that broadcast, clamped.

#include <cstdint>
#include <type_traits>

namespace verge {

/// Operands: two inputs and an output of one type; s32 and f32 need the clamps only. An input is
/// brought to twice the larger scale: (x + offset) << left_shift, times multiplier and shift.
struct Sub {
    std::int32_t input1_offset;  // minus the zero point
    std::int32_t input2_offset;
    std::int32_t output_offset;  // the zero point
    std::int32_t left_shift;     // 20, or 15 for s16
    std::int32_t multiplier1;
    std::int32_t shift1;
    std::int32_t multiplier2;
    std::int32_t shift2;
    std::int32_t output_multiplier;
    std::int32_t output_shift;
    std::int32_t clamp_min;  // of the stored output
    std::int32_t clamp_max;
    float float_min;  // of a float output
    float float_max;
};

static_assert(sizeof(Sub) == 56 && std::is_trivially_copyable_v<Sub>);

}  // namespace verge
