#pragma once
// After this pass no float constant multiplies or is added to what a filter makes: weights and bias
// hold it.

#include "graph/graph.hpp"

namespace verge::compiler {

/// Products with, and sums and differences of, a constant per channel behind conv2d,
/// depthwise_conv2d and fully_connected: batch normalisation in every order. Equal to float
/// rounding, not to the bit.
bool fuse_batch_norm(graph::Graph& graph);

}  // namespace verge::compiler
