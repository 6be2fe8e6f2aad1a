#pragma once
// After this pass no filter reads a padding of zeros: it pads by itself.

#include "graph/graph.hpp"

namespace verge::compiler {

/// A conv2d or depthwise_conv2d behind a pad of rows and columns with the zero point of its input
/// (floats: 0) reads what the pad reads; its own padding grows by what stood before, and what stood
/// behind follows from the size of its output. Pools keep their pads: they leave padding out.
bool fuse_pad(graph::Graph& graph);

}  // namespace verge::compiler
