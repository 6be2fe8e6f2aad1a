#pragma once
// After this pass a state is copied only where it changes before the last reader of the copy.

#include "graph/graph.hpp"

namespace verge::compiler {

/// A reader of a copy reads the state itself, where no node from the copy up to its last reader
/// writes the state, dims are the same, and the copy is no output of the graph.
bool remove_copies(graph::Graph& graph);

}  // namespace verge::compiler
