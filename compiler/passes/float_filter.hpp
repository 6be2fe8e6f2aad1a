#pragma once
// What the passes that fold float arithmetic per channel into filters share.

#include <optional>
#include <vector>

#include "compiler/passes/filter.hpp"
#include "graph/graph.hpp"

namespace verge::compiler {

/// An operator on the output of a filter and a constant per channel.
struct ChannelArithmetic {
    std::size_t filter_node;  // position in graph.nodes
    Filter filter;
    std::vector<float> constant;  // by output channel
};

/// `position` is a node with a float operand that only it reads and that a filter without
/// activation makes; the other operand is a float constant that is one number, or one per channel.
/// With `is_ordered` the constant must be the second operand.
[[nodiscard]] std::optional<ChannelArithmetic> find_channel_arithmetic(graph::Graph& graph,
                                                                       std::size_t position,
                                                                       bool is_ordered);

/// The filter's bias, zeros where it has none.
[[nodiscard]] std::vector<float> float_bias(const graph::Graph& graph,
                                            const ChannelArithmetic& found);

void set_float_bias(graph::Graph& graph,
                    const ChannelArithmetic& found,
                    const std::vector<float>& bias);

/// The filter makes what the node at `position` made, with its clamp; the node goes.
void take_over(graph::Graph& graph, const ChannelArithmetic& found, std::size_t position);

}  // namespace verge::compiler
