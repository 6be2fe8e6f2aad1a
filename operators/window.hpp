#pragma once
// Padding of sliding windows as TensorFlow computes it. Hosted, for importers.

#include <algorithm>
#include <cstdint>

#include "formats/tflite/types.hpp"

namespace verge {

/// Zeros (or zero points) before the first input along one axis: for SAME, half of what the
/// windows lack, rounded down; for VALID none. As tflite::ComputePaddingWithOffset.
[[nodiscard]] inline std::int32_t pad_before(tflite::Padding padding,
                                             std::int64_t in,
                                             std::int64_t out,
                                             std::int64_t stride,
                                             std::int64_t extent) {
    if (padding == tflite::Padding::valid) {
        return 0;
    }
    const std::int64_t lacking = (out - 1) * stride + extent - in;
    return static_cast<std::int32_t>(std::max<std::int64_t>(lacking, 0) / 2);
}

/// How many outputs there are along one axis; extent = (kernel - 1) * dilation + 1.
[[nodiscard]] inline std::int64_t window_outputs(tflite::Padding padding,
                                                 std::int64_t in,
                                                 std::int64_t stride,
                                                 std::int64_t extent) {
    return padding == tflite::Padding::valid ? (in - extent + stride) / stride
                                             : (in + stride - 1) / stride;
}

}  // namespace verge
