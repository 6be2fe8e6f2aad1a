#pragma once
// pad: elements of one value around a tensor.

#include <cstdint>
#include <type_traits>

namespace verge {

/// Operand: x of any type. Output: x with `before` elements before it along each axis; what lies
/// behind follows from the output's shape.
struct Pad {
    std::int32_t before[6];
    std::int32_t value[2];  // the bits of one element, the low word first
};

static_assert(sizeof(Pad) == 32 && std::is_trivially_copyable_v<Pad>);

}  // namespace verge
