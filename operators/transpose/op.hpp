#pragma once
// transpose: the axes in another order.

#include <cstdint>
#include <type_traits>

namespace verge {

/// Operands: x, and an output of its type; of the axes, those up to the rank count.
struct Transpose {
    std::int32_t axes[6];  // output axis i is axis axes[i] of x
};

static_assert(sizeof(Transpose) == 24 && std::is_trivially_copyable_v<Transpose>);

}  // namespace verge
