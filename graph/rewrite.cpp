#include "graph/rewrite.hpp"

namespace verge::graph {

Node* only_reader(Graph& graph, ValueId value) {
    const std::vector<std::size_t> found = readers(graph, value);
    if (found.size() != 1 || is_graph_output(graph, value)) {
        return nullptr;
    }
    Node& node = graph.nodes[found[0]];
    return std::ranges::count(node.inputs, value) == 1 ? &node : nullptr;
}

Node* producer(Graph& graph, ValueId value) {
    const auto makes = [value](const Node& node) {
        return std::ranges::find(node.outputs, value) != node.outputs.end();
    };
    const auto found = std::ranges::find_if(graph.nodes, makes);
    return found == graph.nodes.end() ? nullptr : &*found;
}

bool has_input(const Node& node, std::size_t input) {
    return input < node.inputs.size() && node.inputs[input] != kNoValue;
}

bool has_constant(const Graph& graph, const Node& node, std::size_t input) {
    return has_input(node, input) && graph[node.inputs[input]].is_constant();
}

void set_input(Node& node, std::size_t input, ValueId value) {
    if (node.inputs.size() <= input) {
        node.inputs.resize(input + 1, kNoValue);
    }
    node.inputs[input] = value;
}

bool merge_values(Graph& graph, ValueId input, ValueId output) {
    if (!is_graph_output(graph, output)) {
        replace_uses(graph, output, input);
        return true;
    }
    Node* maker = producer(graph, input);
    if (maker == nullptr || is_graph_output(graph, input) ||
        graph[input].kind != ValueKind::activation) {
        return false;
    }
    std::ranges::replace(maker->outputs, input, output);
    replace_uses(graph, input, output);
    return true;
}

bool remove_nodes(Graph& graph, const std::function<bool(const Node&)>& is_gone) {
    return std::erase_if(graph.nodes, is_gone) > 0;
}

bool drop_unused_values(Graph& graph) {
    std::vector<bool> is_used(graph.value_count());
    const auto use = [&](const std::vector<ValueId>& ids) {
        for (const ValueId id : ids) {
            if (id != kNoValue) {
                is_used[index(id)] = true;
            }
        }
    };
    use(graph.inputs);
    use(graph.outputs);
    for (const Node& node : graph.nodes) {
        use(node.inputs);
        use(node.outputs);
    }
    if (std::ranges::find(is_used, false) == is_used.end()) {
        return false;
    }
    Graph kept;
    std::vector<ValueId> ids(graph.value_count(), kNoValue);
    for (std::uint32_t i = 0; i < is_used.size(); ++i) {
        if (is_used[i]) {
            ids[i] = kept.add(std::move(graph[ValueId{i}]));
        }
    }
    const auto renumber = [&](std::vector<ValueId>& list) {
        for (ValueId& id : list) {
            id = id == kNoValue ? id : ids[index(id)];
        }
    };
    kept.name = std::move(graph.name);
    kept.metadata = std::move(graph.metadata);
    kept.inputs = std::move(graph.inputs);
    kept.outputs = std::move(graph.outputs);
    kept.nodes = std::move(graph.nodes);
    renumber(kept.inputs);
    renumber(kept.outputs);
    for (Node& node : kept.nodes) {
        renumber(node.inputs);
        renumber(node.outputs);
    }
    graph = std::move(kept);
    return true;
}

}  // namespace verge::graph
