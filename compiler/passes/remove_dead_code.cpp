#include "compiler/passes/remove_dead_code.hpp"

#include "graph/rewrite.hpp"
#include "operators/rule.hpp"

namespace verge::compiler {
namespace {

using graph::Graph;
using graph::Node;
using graph::ValueId;

bool is_needed(const Graph& graph, const Node& node, const std::vector<bool>& is_read) {
    const auto needs = [&](ValueId id) {
        return is_read[graph::index(id)] || graph[id].kind == graph::ValueKind::state;
    };
    return !row(node.op).rule->is_pure || std::ranges::any_of(node.outputs, needs);
}

}  // namespace

bool remove_dead_code(Graph& graph) {
    std::vector<bool> is_read(graph.value_count());
    for (const ValueId id : graph.outputs) {
        is_read[graph::index(id)] = true;
    }
    std::vector<Node> needed;
    for (auto node = graph.nodes.rbegin(); node != graph.nodes.rend(); ++node) {
        if (!is_needed(graph, *node, is_read)) {
            continue;
        }
        for (const ValueId id : node->inputs) {
            if (id != graph::kNoValue) {
                is_read[graph::index(id)] = true;
            }
        }
        needed.push_back(std::move(*node));
    }
    const bool has_removed = needed.size() != graph.nodes.size();
    std::ranges::reverse(needed);
    graph.nodes = std::move(needed);
    return graph::drop_unused_values(graph) || has_removed;
}

}  // namespace verge::compiler
