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

constexpr std::uint64_t kRoom = std::uint64_t{1} << 20U;  // bytes that may be folded whatever else
constexpr std::uint64_t kGrowth = 16;  // from 4-bit weights to floats is 8, and they move once

/// Bytes of all outputs; none has more than 2^31 (graph::verify).
std::uint64_t output_bytes(const Graph& graph, const Node& node) {
    std::uint64_t bytes = 0;
    for (const ValueId id : node.outputs) {
        bytes += static_cast<std::uint64_t>(graph::byte_count(graph[id].type, graph[id].dims));
    }
    return bytes;
}

std::uint64_t constant_bytes(const Graph& graph) {
    std::uint64_t bytes = 0;
    for (std::size_t i = 0; i < graph.value_count(); ++i) {
        bytes += graph[static_cast<ValueId>(i)].constant.bytes().size();
    }
    return bytes;
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
    return can_fold(graph, node) && output_bytes(graph, node) <= kRoom && fold(graph, node);
}

bool fold_constants(Graph& graph) {
    // Nodes run in order, so that what one node's folding makes constant is seen by the next.
    std::uint64_t left = kRoom + kGrowth * constant_bytes(graph);
    return graph::remove_nodes(graph, [&](const Node& node) {
        const std::uint64_t bytes = can_fold(graph, node) ? output_bytes(graph, node) : 0;
        const bool is_folded = can_fold(graph, node) && bytes <= left && fold(graph, node);
        left -= is_folded ? bytes : 0;
        return is_folded;
    });
}

}  // namespace verge::compiler
