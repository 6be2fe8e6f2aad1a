#pragma once
// What conv2d, depthwise_conv2d, transposed convolution and fully connected share when they are
// imported as integers. Hosted.

#include <cstddef>
#include <cstdint>

#include "base/fixed_point.hpp"
#include "base/outcome.hpp"
#include "graph/graph.hpp"
#include "operators/requant.hpp"
#include "operators/tflite_site.hpp"

namespace verge {

struct ConvolutionQuantisation {
    std::int32_t input_offset;
    std::int32_t weight_offset;
    std::int32_t output_offset;
    ClampRange clamp;
    Rounding rounding;
    graph::ValueId requant;  // s32 [2, channels]
};

/// Input 0 is x, 1 the weights, 2 the bias or absent. Output channels lie on axis `channel_axis`
/// of the weights. As tflite::PopulateConvolutionQuantizationParams.
Outcome<ConvolutionQuantisation> quantise_convolution(TfliteSite& site,
                                                      Activation activation,
                                                      std::size_t channel_axis);

}  // namespace verge
