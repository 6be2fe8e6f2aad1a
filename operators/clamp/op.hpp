#pragma once
// clamp: bounds every element: RELU, RELU6 and RELU_N1_TO_1 as operators of their own.

#include <cstdint>
#include <type_traits>

namespace verge {

/// Operand: x. Output: the type and shape of x.
/// Integers: y = clamp((x + input_offset) * multiplier + output_offset).
struct Clamp {
    std::int32_t input_offset;   // minus the zero point of x
    std::int32_t output_offset;  // the zero point of the output
    std::int32_t multiplier;     // 2^30 with shift 1 is exactly 1
    std::int32_t shift;
    std::int32_t clamp_min;  // of the stored output
    std::int32_t clamp_max;
    float float_min;  // of a float output
    float float_max;
};

static_assert(sizeof(Clamp) == 32 && std::is_trivially_copyable_v<Clamp>);

}  // namespace verge
