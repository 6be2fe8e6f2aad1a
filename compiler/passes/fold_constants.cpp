#include "compiler/passes/fold_constants.hpp"

#include "compiler/passes/evaluate.hpp"
#include "graph/rewrite.hpp"
#include "operators/rule.hpp"

namespace verge::compiler {
namespace {

using graph::Graph;
using graph::Node;
using graph::ValueId;
using graph::ValueKind;

bool can_fold(const Graph& graph, const Node& node) {
    const auto is_constant = [&](ValueId id) {
        return id == graph::kNoValue || graph[id].is_constant();
    };
    const auto is_state = [&](ValueId id) {
        return id != graph::kNoValue && graph[id].kind == ValueKind::state;
    };
    return !node.inputs.empty() && row(node.op).rule->is_pure &&
           std::ranges::all_of(node.inputs, is_constant) &&
           std::ranges::none_of(node.outputs, is_state);
}

bool fold(Graph& graph, const Node& node) {
    std::vector<std::span<const std::byte>> inputs;
    for (const ValueId id : node.inputs) {
        inputs.push_back(id == graph::kNoValue ? std::span<const std::byte>()
                                               : graph[id].constant.bytes());
    }
    auto outputs = evaluate(graph, node, inputs);
    if (!outputs.ok()) {
        return false;
    }
    for (std::size_t i = 0; i < node.outputs.size(); ++i) {
        graph::Value& value = graph[node.outputs[i]];
        value.kind = ValueKind::constant;
        value.constant = graph::Constant(std::move(outputs.value()[i]));
    }
    return true;
}

}  // namespace

bool fold_node(Graph& graph, const Node& node) {
    return can_fold(graph, node) && fold(graph, node);
}

bool fold_constants(Graph& graph) {
    // Nodes run in order, so that what one node's folding makes constant is seen by the next.
    return graph::remove_nodes(graph, [&](const Node& node) { return fold_node(graph, node); });
}

}  // namespace verge::compiler
