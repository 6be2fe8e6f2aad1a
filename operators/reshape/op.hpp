#pragma once
// reshape: the same elements in the same order under other dimensions.

#include <cstdint>
#include <type_traits>

namespace verge {

/// Operands: x, and an output of the same type with as many elements.
struct Reshape {
    std::int32_t reserved;  // 0; the new dims are those of the output
};

static_assert(sizeof(Reshape) == 4 && std::is_trivially_copyable_v<Reshape>);

}  // namespace verge
