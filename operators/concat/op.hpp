#pragma once
// concat: inputs one behind the other along an axis.

#include <cstdint>
#include <type_traits>

namespace verge {

/// Operands: one or more inputs and an output of one type, alike in all dimensions but the axis.
struct Concat {
    std::int32_t axis;  // from 0
};

static_assert(sizeof(Concat) == 4 && std::is_trivially_copyable_v<Concat>);

}  // namespace verge
