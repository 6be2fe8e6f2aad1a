#pragma once
// hard_swish: x * clamp(x + 3, 0, 6) / 6 of floats. 8-bit tensors run as lookup.

#include <cstdint>
#include <type_traits>

namespace verge {

/// Operand: x. Output: the type and shape of x.
struct HardSwish {
    std::int32_t reserved;  // 0
};

static_assert(sizeof(HardSwish) == 4 && std::is_trivially_copyable_v<HardSwish>);

}  // namespace verge
