#pragma once
// conv2d: a window of weights slides over rows and columns; sums over the channels of a group.

#include <cstdint>
#include <type_traits>

namespace verge {

/// Operands: x [N,H,W,C], weights [O,KH,KW,C/groups], bias [O] or absent, and for integers
/// requant s32 [2,O] (multipliers, shifts). Output: [N,OH,OW,O].
struct Conv2D {
    std::int32_t stride_h;
    std::int32_t stride_w;
    std::int32_t dilation_h;
    std::int32_t dilation_w;
    std::int32_t pad_top;
    std::int32_t pad_left;
    std::int32_t kernel_h;
    std::int32_t kernel_w;
    std::int32_t groups;
    std::int32_t input_offset;   // minus the zero point of x
    std::int32_t weight_offset;  // minus the zero point of the weights (uint8)
    std::int32_t output_offset;  // the zero point of the output
    std::int32_t clamp_min;      // of the stored output
    std::int32_t clamp_max;
    std::int32_t rounding;  // enum Rounding
    float float_min;        // of a float output
    float float_max;
};

static_assert(sizeof(Conv2D) == 68 && std::is_trivially_copyable_v<Conv2D>);

}  // namespace verge
