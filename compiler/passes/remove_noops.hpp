#pragma once
// After this pass no node merely renames its input.

#include "graph/graph.hpp"

namespace verge::compiler {

/// Removes reshapes, transposes and casts whose output has the type and the elements of the input
/// in the same order under the same dims, and makes a reshape of a reshape one reshape. What is
/// read and written by the caller keeps its name.
bool remove_noops(graph::Graph& graph);

}  // namespace verge::compiler
