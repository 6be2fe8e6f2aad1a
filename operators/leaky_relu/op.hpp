#pragma once
// leaky_relu: x where it is positive, alpha x where it is negative. 8-bit tensors run as lookup.

#include <cstdint>
#include <type_traits>

namespace verge {

/// Operand: x. Output: the type and shape of x.
struct LeakyRelu {
    float alpha;                 // float32
    std::int32_t input_offset;   // minus the zero point of x
    std::int32_t output_offset;  // the zero point of the output
    std::int32_t multiplier;     // of x from 0 on
    std::int32_t shift;
    std::int32_t alpha_multiplier;  // of x below 0; negative when alpha is
    std::int32_t alpha_shift;
};

static_assert(sizeof(LeakyRelu) == 28 && std::is_trivially_copyable_v<LeakyRelu>);

}  // namespace verge
