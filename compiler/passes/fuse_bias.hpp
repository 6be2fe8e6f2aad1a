#pragma once
// After this pass no float constant is added to what a filter makes: it is in the filter's bias.

#include "graph/graph.hpp"

namespace verge::compiler {

/// Adds and subtractions of a constant per channel behind conv2d, depthwise_conv2d and
/// fully_connected. Sums change their order: equal to float rounding, not to the bit.
bool fuse_bias(graph::Graph& graph);

}  // namespace verge::compiler
