#pragma once
// split: one input cut into parts along an axis.

#include <cstdint>
#include <type_traits>

namespace verge {

/// Operands: x, and one or more outputs of its type, alike in all dimensions but the axis.
struct Split {
    std::int32_t axis;  // from 0
};

static_assert(sizeof(Split) == 4 && std::is_trivially_copyable_v<Split>);

}  // namespace verge
