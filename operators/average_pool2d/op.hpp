#pragma once
// average_pool2d: the mean of a window that slides over rows and columns, channel by channel.

#include <cstdint>
#include <type_traits>

namespace verge {

/// Operand: x [N,H,W,C]. Output: [N,OH,OW,C], quantised like x. Also the attributes of max_pool2d.
struct Pool2D {
    std::int32_t stride_h;
    std::int32_t stride_w;
    std::int32_t kernel_h;
    std::int32_t kernel_w;
    std::int32_t pad_top;
    std::int32_t pad_left;
    std::int32_t clamp_min;  // of the stored output
    std::int32_t clamp_max;
    float float_min;  // of a float output
    float float_max;
};

static_assert(sizeof(Pool2D) == 40 && std::is_trivially_copyable_v<Pool2D>);

}  // namespace verge
