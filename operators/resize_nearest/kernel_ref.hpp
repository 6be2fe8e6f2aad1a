#pragma once
// resize_nearest, the truth. Portable C++17.

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace verge::kernel::resize_nearest_ref {

/// One axis: how many pixels there are and shall be.
struct Axis {
    std::int32_t in;
    std::int32_t out;
    bool align_corners;
    bool half_pixel_centers;
};

/// The pixel that output pixel `i` shows; float arithmetic in the reference's order.
static inline std::int32_t nearest(const Axis& axis, std::int32_t i) {
    const float scale = axis.align_corners && axis.out > 1
                            ? static_cast<float>(axis.in - 1) / static_cast<float>(axis.out - 1)
                            : static_cast<float>(axis.in) / static_cast<float>(axis.out);
    const float place = (static_cast<float>(i) + (axis.half_pixel_centers ? 0.5F : 0.0F)) * scale;
    const auto below = static_cast<std::int32_t>(place);  // place is not negative
    const bool is_up = axis.align_corners && place - static_cast<float>(below) >= 0.5F;
    const std::int32_t found = below + (is_up ? 1 : 0);
    return found < axis.in - 1 ? found : axis.in - 1;
}

}  // namespace verge::kernel::resize_nearest_ref
