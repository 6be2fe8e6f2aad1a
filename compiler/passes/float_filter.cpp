#include "compiler/passes/float_filter.hpp"

#include <limits>

#include "compiler/passes/members.hpp"
#include "graph/rewrite.hpp"

namespace verge::compiler {
namespace {

using graph::Graph;
using graph::Node;
using graph::Value;
using graph::ValueId;

bool is_clamped(const Node& node) {
    constexpr float kMost = std::numeric_limits<float>::max();
    return get_float(node, "float_min") > -kMost || get_float(node, "float_max") < kMost;
}

/// The constant by channel; empty when it is of another shape.
std::vector<float> by_channel(const Value& value, std::int64_t channels) {
    const auto elements = graph::elements<float>(value);
    if (elements.size() == 1) {
        return std::vector<float>(static_cast<std::size_t>(channels), elements[0]);
    }
    const bool is_per_channel =
        graph::element_count(value.dims) == channels && value.dims.back() == channels;
    return is_per_channel ? std::vector<float>(elements.begin(), elements.end())
                          : std::vector<float>();
}

bool is_float_constant(const Graph& graph, ValueId id) {
    return id != graph::kNoValue && graph[id].is_constant() && graph[id].type == plan::Type::f32;
}

}  // namespace

std::optional<ChannelArithmetic> find_channel_arithmetic(Graph& graph,
                                                         std::size_t position,
                                                         bool is_ordered) {
    const Node& node = graph.nodes[position];
    if (node.inputs.size() != 2 || graph[node.outputs[0]].type != plan::Type::f32) {
        return std::nullopt;
    }
    const std::size_t at = is_float_constant(graph, node.inputs[1]) ? 1 : 0;
    const ValueId x = node.inputs[1 - at];
    const Node* filter_node = x == graph::kNoValue ? nullptr : graph::producer(graph, x);
    if (!is_float_constant(graph, node.inputs[at]) || (is_ordered && at == 0) ||
        filter_node == nullptr || graph[x].dims != graph[node.outputs[0]].dims ||
        graph::only_reader(graph, x) == nullptr || is_clamped(*filter_node)) {
        return std::nullopt;
    }
    const auto filter = filter_of(graph, *filter_node);
    if (!filter || graph[filter_node->inputs[1]].type != plan::Type::f32) {
        return std::nullopt;
    }
    std::vector<float> constant = by_channel(graph[node.inputs[at]], filter->outputs);
    if (constant.empty()) {
        return std::nullopt;
    }
    return ChannelArithmetic{static_cast<std::size_t>(filter_node - graph.nodes.data()), *filter,
                             std::move(constant)};
}

std::vector<float> float_bias(const Graph& graph, const ChannelArithmetic& found) {
    const Node& node = graph.nodes[found.filter_node];
    if (!graph::has_input(node, 2)) {
        return std::vector<float>(static_cast<std::size_t>(found.filter.outputs));
    }
    const auto bias = graph::elements<float>(graph[node.inputs[2]]);
    return {bias.begin(), bias.end()};
}

void set_float_bias(Graph& graph, const ChannelArithmetic& found, const std::vector<float>& bias) {
    Node& node = graph.nodes[found.filter_node];
    Value value{.name = node.name + "/bias",
                .type = plan::Type::f32,
                .dims = {found.filter.outputs},
                .quantisation = {},
                .kind = graph::ValueKind::constant,
                .constant = graph::make_constant<float>(bias)};
    if (graph::has_input(node, 2)) {
        value.name = graph[node.inputs[2]].name;
    }
    graph::set_input(node, 2, graph.add(std::move(value)));
}

void take_over(Graph& graph, const ChannelArithmetic& found, std::size_t position) {
    const Node& node = graph.nodes[position];
    Node& filter = graph.nodes[found.filter_node];
    filter.outputs = node.outputs;
    set_float(filter, "float_min", get_float(node, "float_min"));
    set_float(filter, "float_max", get_float(node, "float_max"));
    graph.nodes.erase(graph.nodes.begin() + static_cast<std::ptrdiff_t>(position));
}

}  // namespace verge::compiler
