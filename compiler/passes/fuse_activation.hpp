#pragma once
// After this pass no clamp reads what an operator that clamps by itself made for it alone.

#include "graph/graph.hpp"

namespace verge::compiler {

/// A `clamp`, or a `lookup` that only clamps, behind a filter, a pool or arithmetic: the ranges
/// intersect there. For integers input and output of the clamp must be quantised alike.
bool fuse_activation(graph::Graph& graph);

}  // namespace verge::compiler
