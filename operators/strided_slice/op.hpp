#pragma once
// strided_slice: every so-many-th index of each axis.

#include <cstdint>
#include <type_traits>

namespace verge {

/// Operands: x, and an output of its type with the counts multiplied as elements, in the same
/// order; the shape of the output may leave out axes of one index or add some. Those up to the rank
/// of x count.
struct StridedSlice {
    std::int32_t begin[6];   // of each axis of x: the first index
    std::int32_t stride[6];  // from one index to the next; may be negative
    std::int32_t count[6];   // how many indices
};

static_assert(sizeof(StridedSlice) == 72 && std::is_trivially_copyable_v<StridedSlice>);

}  // namespace verge
