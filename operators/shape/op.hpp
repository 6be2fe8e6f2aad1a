#pragma once
// shape: the dimensions of a tensor, as numbers.

#include <cstdint>
#include <type_traits>

namespace verge {

/// Operands: x of any type; output: s32 or s64 [rank of x].
struct Shape {
    std::int32_t reserved;  // 0
};

static_assert(sizeof(Shape) == 4 && std::is_trivially_copyable_v<Shape>);

}  // namespace verge
