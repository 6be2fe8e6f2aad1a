#pragma once
// arg_max: where along an axis the largest, or smallest, element stands.

#include <cstdint>
#include <type_traits>

namespace verge {

/// Operands: x of f32, s8 or u8. Output: s32 or s64, the shape of x without the axis.
struct ArgMax {
    std::int32_t axis;        // from 0
    std::int32_t is_minimum;  // 1: the smallest
};

static_assert(sizeof(ArgMax) == 8 && std::is_trivially_copyable_v<ArgMax>);

}  // namespace verge
