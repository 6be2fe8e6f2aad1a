#pragma once
// depthwise_conv2d: each channel has its own window of weights, which slides over rows and columns.

#include <cstdint>
#include <type_traits>

namespace verge {

/// Operands: x [N,H,W,C], weights [1,KH,KW,C*multiplier], bias [C*multiplier] or absent, and for
/// integers requant s32 [2,C*multiplier] (multipliers, shifts). Output: [N,OH,OW,C*multiplier];
/// output channel o comes from input channel o / multiplier.
struct DepthwiseConv2D {
    std::int32_t stride_h;
    std::int32_t stride_w;
    std::int32_t dilation_h;
    std::int32_t dilation_w;
    std::int32_t pad_top;
    std::int32_t pad_left;
    std::int32_t kernel_h;
    std::int32_t kernel_w;
    std::int32_t multiplier;     // output channels of an input channel
    std::int32_t input_offset;   // minus the zero point of x
    std::int32_t weight_offset;  // minus the zero point of the weights (uint8)
    std::int32_t output_offset;  // the zero point of the output
    std::int32_t clamp_min;      // of the stored output
    std::int32_t clamp_max;
    std::int32_t rounding;  // enum Rounding
    float float_min;        // of a float output
    float float_max;
};

static_assert(sizeof(DepthwiseConv2D) == 68 && std::is_trivially_copyable_v<DepthwiseConv2D>);

}  // namespace verge
