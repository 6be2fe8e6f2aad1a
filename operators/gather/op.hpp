#pragma once
// gather: the slices of an axis that a list of indices names.

#include <cstdint>
#include <type_traits>

namespace verge {

/// Operands: x, indices s32 or s64. Output: the type of x, its shape with the axis replaced by the
/// shape of the indices behind their batch dimensions.
struct Gather {
    std::int32_t axis;        // of x, from 0
    std::int32_t batch_dims;  // so many leading axes x and the indices have in common
};

static_assert(sizeof(Gather) == 8 && std::is_trivially_copyable_v<Gather>);

}  // namespace verge
