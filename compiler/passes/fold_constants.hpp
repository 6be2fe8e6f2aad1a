#pragma once
// After this pass no pure node has only constants as inputs.

#include "graph/graph.hpp"

namespace verge::compiler {

/// Computes nodes on constants with their reference kernels and makes their outputs constants.
/// Nodes without inputs, or that write states, stay; so do those that no reference kernel takes.
bool fold_constants(graph::Graph& graph);

/// The same for one node of the graph: true when its outputs are constants now, so that the caller
/// can remove it.
bool fold_node(graph::Graph& graph, const graph::Node& node);

}  // namespace verge::compiler
