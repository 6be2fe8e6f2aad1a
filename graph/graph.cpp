#include "graph/graph.hpp"

#include <algorithm>

namespace verge::graph {

std::int64_t element_count(const Dims& dims) {
    std::int64_t count = 1;
    for (const std::int64_t dim : dims) {
        count *= dim;
    }
    return count;
}

std::int64_t byte_count(Type type, const Dims& dims) {
    const std::int64_t count = element_count(dims);
    return type == Type::s4 ? (count + 1) / 2 : count * plan::element_bytes(type);
}

std::string_view type_name(Type type) {
    switch (type) {
        case Type::none:
            return "none";
        case Type::f32:
            return "f32";
        case Type::s8:
            return "s8";
        case Type::u8:
            return "u8";
        case Type::s16:
            return "s16";
        case Type::u16:
            return "u16";
        case Type::s32:
            return "s32";
        case Type::u32:
            return "u32";
        case Type::s64:
            return "s64";
        case Type::u64:
            return "u64";
        case Type::b8:
            return "b8";
        case Type::f16:
            return "f16";
        case Type::f64:
            return "f64";
        case Type::s4:
            return "s4";
        case Type::any:
            return "any";
    }
    return "unknown";
}

std::string describe(const Value& value) {
    std::string text(type_name(value.type));
    text += '[';
    for (std::size_t i = 0; i < value.dims.size(); ++i) {
        text += (i == 0 ? "" : ",") + std::to_string(value.dims[i]);
    }
    return text + ']';
}

const Node* producer(const Graph& graph, ValueId value) {
    for (const Node& node : graph.nodes) {
        if (std::ranges::find(node.outputs, value) != node.outputs.end()) {
            return &node;
        }
    }
    return nullptr;
}

std::vector<std::size_t> readers(const Graph& graph, ValueId value) {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        if (std::ranges::find(graph.nodes[i].inputs, value) != graph.nodes[i].inputs.end()) {
            found.push_back(i);
        }
    }
    return found;
}

bool is_graph_output(const Graph& graph, ValueId value) {
    return std::ranges::find(graph.outputs, value) != graph.outputs.end();
}

void replace_uses(Graph& graph, ValueId old, ValueId replacement) {
    for (Node& node : graph.nodes) {
        std::ranges::replace(node.inputs, old, replacement);
    }
    std::ranges::replace(graph.outputs, old, replacement);
}

}  // namespace verge::graph
