#pragma once
// From the graph to a plan: lowers each node for the target, places memory, writes the sections.

#include "base/outcome.hpp"
#include "compiler/memory/arena.hpp"
#include "compiler/target.hpp"
#include "graph/graph.hpp"
#include "plan/draft.hpp"

namespace verge::compiler {

struct Emitted {
    plan::Draft draft;
    ArenaReport arena;
};

struct EmitOptions {
    Target target;
    bool keeps_names = true;  // ports and steps keep their names; false: smallest plan
};

/// Precondition: the graph passes graph::verify. The Error says which node or size does not fit a
/// plan (more than 65534 tensors, an arena, states or constants of about 4 GiB, ranks over 6, empty
/// tensors).
Outcome<Emitted> emit(const graph::Graph& graph, const EmitOptions& options);

}  // namespace verge::compiler
