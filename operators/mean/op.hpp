#pragma once
// mean: the average over some axes.

#include <cstdint>
#include <type_traits>

namespace verge {

/// Operand: x. Output: x without the reduced axes, or with them as 1; its elements in the same
/// order.
struct Mean {
    std::int32_t reduces[6];    // 1 for each axis of x that is averaged, else 0
    std::int32_t input_offset;  // minus the zero point of x times the number of averaged elements
    std::int32_t multiplier;    // sum to output, the division included
    std::int32_t shift;
    std::int32_t output_offset;  // the zero point of the output
};

static_assert(sizeof(Mean) == 40 && std::is_trivially_copyable_v<Mean>);

}  // namespace verge
