#pragma once
// average_pool2d, the truth: padding does not count; integers round half away from zero. C++17.

#include "operators/pooling.hpp"

namespace verge::kernel::average_pool2d_ref {

/// A window without elements gives 0.
template <typename T>
static inline T average(const pooling::Window<T>& w) {
    using Sum = std::conditional_t<std::is_floating_point_v<T>, float, std::int32_t>;
    Sum sum = 0;
    for (std::int32_t ky = 0; ky < w.rows; ++ky) {
        for (std::int32_t kx = 0; kx < w.columns; ++kx) {
            const T value = w.x[static_cast<std::size_t>(ky) * w.row_stride +
                                static_cast<std::size_t>(kx) * w.pixel_stride];
            if constexpr (std::is_floating_point_v<T>) {
                sum += value;
            } else {
                sum = wrapping_add(sum, value);
            }
        }
    }
    const auto count = static_cast<std::int32_t>(static_cast<std::uint32_t>(w.rows) *
                                                 static_cast<std::uint32_t>(w.columns));
    if (count <= 0) {
        return 0;
    }
    if constexpr (std::is_floating_point_v<T>) {
        return sum / static_cast<float>(count);
    } else {
        const std::int32_t half = count / 2;
        return static_cast<T>(wrapping_add(sum, sum > 0 ? half : -half) / count);
    }
}

}  // namespace verge::kernel::average_pool2d_ref
