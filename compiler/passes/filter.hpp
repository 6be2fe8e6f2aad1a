#pragma once
// conv2d, depthwise_conv2d and fully_connected seen as one thing: weights between input channels
// and output channels, a bias, and for integers a requantisation. A channel is an index of the last
// dimension.

#include <cstdint>
#include <optional>

#include "graph/graph.hpp"

namespace verge::compiler {

/// Element (output, tap, input) of the weights stands at
/// output * output_stride + tap * tap_stride + input * input_stride. A depthwise filter has one
/// input for each output, and input_stride 0.
struct Filter {
    bool is_depthwise;
    std::int64_t inputs;
    std::int64_t taps;
    std::int64_t outputs;
    std::int64_t output_stride;
    std::int64_t tap_stride;
    std::int64_t input_stride;
    std::size_t output_axis;  // of the weights

    [[nodiscard]] std::size_t at(std::int64_t output, std::int64_t tap, std::int64_t input) const {
        return static_cast<std::size_t>(output * output_stride + tap * tap_stride +
                                        input * input_stride);
    }
};

/// Nothing for other operators, for weights or a bias that are no constants, for groups (other than
/// a depthwise filter with one output a channel), and where the last dimension of the input is not
/// the filter's.
[[nodiscard]] std::optional<Filter> filter_of(const graph::Graph& graph, const graph::Node& node);

/// True when no window of the filter reaches into padding.
[[nodiscard]] bool is_never_padded(const graph::Graph& graph, const graph::Node& node);

}  // namespace verge::compiler
