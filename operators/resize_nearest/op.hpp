#pragma once
// resize_nearest: an image of another size, each pixel the nearest one.

#include <cstdint>
#include <type_traits>

namespace verge {

/// Operands: x [N,H,W,C]. Output: its type, [N,OH,OW,C].
struct ResizeNearest {
    std::int32_t align_corners;       // 1: first and last centres stay where they are
    std::int32_t half_pixel_centers;  // 1: the centre of pixel i lies at i + 0.5
};

static_assert(sizeof(ResizeNearest) == 8 && std::is_trivially_copyable_v<ResizeNearest>);

}  // namespace verge
