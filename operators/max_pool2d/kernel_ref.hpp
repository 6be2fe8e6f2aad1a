#pragma once
// max_pool2d, the truth. C++17.

#include <limits>

#include "operators/pooling.hpp"

namespace verge::kernel::max_pool2d_ref {

/// A window without elements gives the least value of T.
template <typename T>
static inline T greatest(const pooling::Window<T>& w) {
    T most = std::numeric_limits<T>::lowest();
    for (std::int32_t ky = 0; ky < w.rows; ++ky) {
        for (std::int32_t kx = 0; kx < w.columns; ++kx) {
            const T value = w.x[static_cast<std::size_t>(ky) * w.row_stride +
                                static_cast<std::size_t>(kx) * w.pixel_stride];
            most = most < value ? value : most;
        }
    }
    return most;
}

}  // namespace verge::kernel::max_pool2d_ref
