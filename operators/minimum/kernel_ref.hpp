#pragma once
// minimum, the truth. Portable C++17.

#include <cstdint>

namespace verge::kernel::minimum_ref {

/// The second when they are equal or either is NaN, as TensorFlow Lite Micro does.
template <typename T>
static inline T minimum(T x1, T x2) {
    return x1 < x2 ? x1 : x2;
}

}  // namespace verge::kernel::minimum_ref
