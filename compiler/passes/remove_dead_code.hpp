#pragma once
// After this pass every node makes something that is read, and every value has a user.

#include "graph/graph.hpp"

namespace verge::compiler {

/// Removes pure nodes whose outputs nobody reads (a node that writes a state stays), then values
/// that nobody names: all ValueIds change.
bool remove_dead_code(graph::Graph& graph);

}  // namespace verge::compiler
