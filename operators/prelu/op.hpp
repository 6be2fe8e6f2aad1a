#pragma once
// prelu: x where it is positive, alpha x where it is negative, with an alpha per element that
// broadcasts (commonly one per channel).

#include <cstdint>
#include <type_traits>

namespace verge {

/// Operands: x, alpha (a shape that broadcasts to that of x). Output: the type and shape of x.
struct Prelu {
    std::int32_t input_offset;   // minus the zero point of x
    std::int32_t alpha_offset;   // minus the zero point of alpha
    std::int32_t output_offset;  // the zero point of the output
    std::int32_t multiplier;     // of x from 0 on
    std::int32_t shift;
    std::int32_t alpha_multiplier;  // of x alpha below 0
    std::int32_t alpha_shift;
};

static_assert(sizeof(Prelu) == 28 && std::is_trivially_copyable_v<Prelu>);

}  // namespace verge
