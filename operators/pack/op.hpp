#pragma once
// pack: inputs of one shape stacked along a new axis.

#include <cstdint>
#include <type_traits>

namespace verge {

/// Operands: one or more inputs of one type and shape; the output has their number at the axis.
struct Pack {
    std::int32_t axis;  // from 0
};

static_assert(sizeof(Pack) == 4 && std::is_trivially_copyable_v<Pack>);

}  // namespace verge
