#pragma once
// Says whether a graph is sound: what every pass may take for granted, and must leave behind.

#include "base/outcome.hpp"
#include "graph/graph.hpp"

namespace verge::graph {

/// Every operand exists and is made before it is read, activations have one producer, tensors have
/// positive dims and less than 2^31 bytes, constants have the bytes that type and dims say,
/// quantisation has one entry or one per index of its axis, outputs are made, ports have different
/// names. The Error names the node or the port. Values that nobody uses are not looked at.
Done verify(const Graph& graph);

/// "conv2d": as operators.inc names it; "operator 77" for one that it does not list.
[[nodiscard]] std::string operator_name(OpId op);

}  // namespace verge::graph
