#include "compiler/passes/remove_noops.hpp"

#include <string>

#include "graph/rewrite.hpp"
#include "graph/verify.hpp"

namespace verge::compiler {
namespace {

using graph::Dims;
using graph::Graph;
using graph::Node;
using graph::Value;

/// A transpose between equal dims may still move elements: not when one dim at most is more than 1.
bool has_one_axis(const Dims& dims) {
    return std::ranges::count_if(dims, [](std::int64_t dim) { return dim > 1; }) <= 1;
}

bool is_noop(const Graph& graph, const Node& node) {
    const std::string name = graph::operator_name(node.op);
    if (name != "reshape" && name != "transpose" && name != "cast") {
        return false;
    }
    const Value& x = graph[node.inputs[0]];
    const Value& y = graph[node.outputs[0]];
    return x.type == y.type && x.dims == y.dims && x.kind != graph::ValueKind::state &&
           (name != "transpose" || has_one_axis(x.dims));
}

/// The reshape reads what the reshape before it reads.
bool skip_reshape(Graph& graph, Node& node) {
    const Node* before =
        node.op == OpId::reshape ? graph::producer(graph, node.inputs[0]) : nullptr;
    if (before == nullptr || before->op != OpId::reshape ||
        graph[before->inputs[0]].kind == graph::ValueKind::state) {
        return false;
    }
    node.inputs[0] = before->inputs[0];
    return true;
}

}  // namespace

bool remove_noops(Graph& graph) {
    bool has_changed = false;
    for (Node& node : graph.nodes) {
        has_changed = skip_reshape(graph, node) || has_changed;
    }
    for (std::size_t i = 0; i < graph.nodes.size();) {
        const Node& node = graph.nodes[i];
        if (is_noop(graph, node) && graph::merge_values(graph, node.inputs[0], node.outputs[0])) {
            graph.nodes.erase(graph.nodes.begin() + static_cast<std::ptrdiff_t>(i));
            has_changed = true;
        } else {
            ++i;
        }
    }
    return has_changed;
}

}  // namespace verge::compiler
