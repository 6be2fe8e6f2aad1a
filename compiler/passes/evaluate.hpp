#pragma once
// Computes one node on given bytes with its reference kernel: what folding is made of.

#include <cstddef>
#include <span>
#include <vector>

#include "base/outcome.hpp"
#include "graph/graph.hpp"

namespace verge::compiler {

using Bytes = std::vector<std::byte>;

/// The bytes of each output of `node`. `inputs` holds one span for each input, empty where it is
/// absent; types and dims are those of the graph's values. The Error says that there is no such
/// kernel, or that its check refuses the node. Precondition: graph::verify(graph) is done.
Outcome<std::vector<Bytes>> evaluate(const graph::Graph& graph,
                                     const graph::Node& node,
                                     std::span<const std::span<const std::byte>> inputs);

}  // namespace verge::compiler
