#pragma once
// div: the quotient of two inputs that broadcast, clamped.

#include <cstdint>
#include <type_traits>

namespace verge {

/// Operands: two inputs and an output of one type; s32 and f32 need the clamps only.
struct Div {
    std::int32_t input1_offset;  // minus the zero point
    std::int32_t input2_offset;
    std::int32_t output_offset;  // the zero point
    std::int32_t multiplier;
    std::int32_t shift;
    std::int32_t clamp_min;  // of the stored output
    std::int32_t clamp_max;
    float float_min;  // of a float output
    float float_max;
};

static_assert(sizeof(Div) == 36 && std::is_trivially_copyable_v<Div>);

}  // namespace verge
