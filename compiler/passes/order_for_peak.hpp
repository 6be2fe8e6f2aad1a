#pragma once
// After this pass the nodes run in an order whose peak of live bytes is as low as the search found.

#include <cstdint>

#include "graph/graph.hpp"

namespace verge::compiler {

/// Searches the orders that data and states allow: all of them while few sets of nodes can have run
/// at some time, else greedily. The order stays when nothing is gained. A state is written after
/// the reads that stood before the write. Graphs with foreign nodes, which replace the nodes behind
/// them, stay as they are.
bool order_for_peak(graph::Graph& graph);

/// The most bytes of activations that live at one node, its outputs included, in the order as it
/// is.
[[nodiscard]] std::int64_t peak_bytes(const graph::Graph& graph);

}  // namespace verge::compiler
