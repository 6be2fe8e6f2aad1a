#pragma once
// What a model must keep as a graph: values exist before they are read, are written once, and
// subgraphs do not call each other in a circle.

#include "base/outcome.hpp"
#include "formats/tflite/model.hpp"

namespace verge::tflite {

/// Precondition: every operand is kNoTensor or a tensor of the subgraph.
Done check_order(const Subgraph& subgraph);

/// Called subgraphs exist, and no chain of calls comes back to where it began.
Done check_calls(const Model& model);

}  // namespace verge::tflite
