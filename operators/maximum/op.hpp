#pragma once
// maximum: the larger of two inputs that broadcast.

#include <cstdint>
#include <type_traits>

namespace verge {

/// Operands: two inputs and an output of one type; stored numbers are compared, scales not looked
/// at.
struct Maximum {
    std::int32_t reserved;  // 0
};

static_assert(sizeof(Maximum) == 4 && std::is_trivially_copyable_v<Maximum>);

}  // namespace verge
