#pragma once
// A pass: a function that rewrites a sound graph into a sound graph that computes the same. Its
// name says what the graph looks like afterwards.

#include <string_view>

#include "graph/graph.hpp"

namespace verge::compiler {

struct Pass {
    std::string_view name;

    /// Returns whether it changed something. Precondition: verify_rules(graph) is done.
    bool (*run)(graph::Graph& graph);
};

}  // namespace verge::compiler
