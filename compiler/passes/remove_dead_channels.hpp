#pragma once
// After this pass no 8-bit channel is computed that is a known constant, or that nobody needs,
// where the result stays bit-exact.

#include "graph/graph.hpp"

namespace verge::compiler {

/// A channel goes at its producer, through every operator that keeps channels apart, up to the
/// filters that sum it: what it contributed there is added to their bias, in wrapping int32. It
/// stays where some reader needs it as it is, and each tensor keeps one channel.
bool remove_dead_channels(graph::Graph& graph);

}  // namespace verge::compiler
