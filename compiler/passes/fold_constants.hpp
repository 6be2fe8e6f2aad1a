#pragma once
// After this pass no pure node has only constants as inputs, unless the file would grow out of
// bounds.

#include "graph/graph.hpp"

namespace verge::compiler {

/// Computes nodes on constants with their reference kernels and makes their outputs constants.
/// Nodes without inputs, or that write states, stay; so do those that no reference kernel takes,
/// and those that would take what was folded in all beyond 1 MiB and 16 times the graph's
/// constants: a small file must not become a large one.
bool fold_constants(graph::Graph& graph);

/// The same for one node of the graph: true when its outputs are constants now, so that the caller
/// can remove it. Its outputs have at most 1 MiB.
bool fold_node(graph::Graph& graph, const graph::Node& node);

}  // namespace verge::compiler
