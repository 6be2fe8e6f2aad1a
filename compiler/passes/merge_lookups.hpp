#pragma once
// After this pass no table of a byte reads what another table made for it alone.

#include "graph/graph.hpp"

namespace verge::compiler {

/// Chains of `lookup` whose inner values nobody else reads become one table.
bool merge_lookups(graph::Graph& graph);

}  // namespace verge::compiler
