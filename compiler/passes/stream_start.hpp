#pragma once
// What the states of a streamed model hold at first: columns of the window form on silence.

#include <cstdint>
#include <vector>

#include "base/outcome.hpp"
#include "compiler/passes/evaluate.hpp"
#include "graph/graph.hpp"

namespace verge::compiler {

/// The bytes of every value (by id) when the inputs are zeros: zero points where they are
/// quantised. Precondition: no states.
Outcome<std::vector<Bytes>> run_on_zeros(const graph::Graph& graph);

/// `length` copies of column `column` of the `count` columns of `window`.
graph::Constant repeat_column(const Bytes& window,
                              std::int64_t count,
                              std::int64_t column,
                              std::int64_t length);

}  // namespace verge::compiler
