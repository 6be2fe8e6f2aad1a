#include "compiler/passes/remove_copies.hpp"

#include "graph/rewrite.hpp"

namespace verge::compiler {
namespace {

using graph::Graph;
using graph::Node;
using graph::ValueId;

/// True when a node in [first, last] writes the state.
bool is_written(const Graph& graph, ValueId state, std::size_t first, std::size_t last) {
    for (std::size_t i = first; i <= last; ++i) {
        const auto& outputs = graph.nodes[i].outputs;
        if (std::ranges::find(outputs, state) != outputs.end()) {
            return true;
        }
    }
    return false;
}

bool can_go(const Graph& graph, std::size_t position) {
    const Node& node = graph.nodes[position];
    if (node.op != OpId::read_state || graph::is_graph_output(graph, node.outputs[0]) ||
        graph[node.inputs[0]].dims != graph[node.outputs[0]].dims) {
        return false;
    }
    const std::vector<std::size_t> readers = graph::readers(graph, node.outputs[0]);
    return readers.empty() || !is_written(graph, node.inputs[0], position, readers.back());
}

}  // namespace

bool remove_copies(Graph& graph) {
    bool has_changed = false;
    for (std::size_t i = 0; i < graph.nodes.size();) {
        if (can_go(graph, i)) {
            graph::replace_uses(graph, graph.nodes[i].outputs[0], graph.nodes[i].inputs[0]);
            graph.nodes.erase(graph.nodes.begin() + static_cast<std::ptrdiff_t>(i));
            has_changed = true;
        } else {
            ++i;
        }
    }
    return has_changed;
}

}  // namespace verge::compiler
