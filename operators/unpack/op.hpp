#pragma once
// unpack: one input taken apart along an axis, which goes.

#include <cstdint>
#include <type_traits>

namespace verge {

/// Operands: x, and as many outputs of its type as it has indices along the axis.
struct Unpack {
    std::int32_t axis;  // from 0
};

static_assert(sizeof(Unpack) == 4 && std::is_trivially_copyable_v<Unpack>);

}  // namespace verge
