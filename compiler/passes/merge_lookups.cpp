#include "compiler/passes/merge_lookups.hpp"

#include "graph/rewrite.hpp"

namespace verge::compiler {
namespace {

using graph::Graph;
using graph::Node;

bool is_lookup(const Graph& graph, const Node* node) {
    return node != nullptr && node->op == OpId::lookup && graph::has_constant(graph, *node, 1);
}

/// Outer of inner, byte by byte.
graph::Constant compose(std::span<const std::byte> inner, std::span<const std::byte> outer) {
    std::vector<std::byte> table;
    for (const std::byte byte : inner) {
        table.push_back(outer[static_cast<std::size_t>(byte)]);
    }
    return graph::Constant(std::move(table));
}

bool merge(Graph& graph, std::size_t position) {
    const Node& outer = graph.nodes[position];
    if (!is_lookup(graph, &outer) || graph::only_reader(graph, outer.inputs[0]) == nullptr) {
        return false;
    }
    const Node* inner = graph::producer(graph, outer.inputs[0]);
    if (!is_lookup(graph, inner)) {
        return false;
    }
    graph::Value table = graph[outer.inputs[1]];
    table.constant = compose(graph[inner->inputs[1]].constant.bytes(), table.constant.bytes());
    const auto inner_position = inner - graph.nodes.data();
    const graph::ValueId x = inner->inputs[0];
    graph.nodes[position].inputs = {x, graph.add(std::move(table))};
    graph.nodes.erase(graph.nodes.begin() + inner_position);
    return true;
}

}  // namespace

bool merge_lookups(Graph& graph) {
    bool has_changed = false;
    for (std::size_t i = 0; i < graph.nodes.size();) {
        const bool has_merged = merge(graph, i);
        has_changed = has_changed || has_merged;
        i += has_merged ? 0 : 1;
    }
    return has_changed;
}

}  // namespace verge::compiler
