#pragma once
// The verifier of the graph, and what only the operators know.

#include <vector>

#include "base/outcome.hpp"
#include "graph/graph.hpp"
#include "graph/text.hpp"

namespace verge::compiler {

/// graph::verify, then each operator's own rule: it must give the types and dims of the outputs.
Done verify_rules(const graph::Graph& graph);

/// What the text form needs to know of all operators.
[[nodiscard]] std::vector<graph::OperatorText> operator_texts();

}  // namespace verge::compiler
