#include "compiler/passes/filter.hpp"

#include "compiler/passes/members.hpp"
#include "graph/rewrite.hpp"

namespace verge::compiler {
namespace {

using graph::Dims;
using graph::Graph;
using graph::Node;

bool has_constants(const Graph& graph, const Node& node) {
    for (std::size_t i = 1; i < node.inputs.size(); ++i) {
        if (node.inputs[i] != graph::kNoValue && !graph[node.inputs[i]].is_constant()) {
            return false;
        }
    }
    return graph::has_constant(graph, node, 1);
}

bool is_inside(const Node& node, char axis, std::int64_t in, std::int64_t out) {
    const auto member = [&](std::string name) { return std::int64_t{get_int(node, name + axis)}; };
    const std::int64_t extent = (member("kernel_") - 1) * member("dilation_") + 1;
    return (out - 1) * member("stride_") + extent <= in;
}

}  // namespace

std::optional<Filter> filter_of(const Graph& graph, const Node& node) {
    const bool is_known = node.op == OpId::conv2d || node.op == OpId::depthwise_conv2d ||
                          node.op == OpId::fully_connected;
    if (!is_known || !has_constants(graph, node)) {
        return std::nullopt;
    }
    const Dims& x = graph[node.inputs[0]].dims;
    const Dims& w = graph[node.inputs[1]].dims;
    if (x.empty()) {
        return std::nullopt;
    }
    if (node.op == OpId::fully_connected) {
        return x.back() != w[1] ? std::nullopt
                                : std::optional(Filter{false, w[1], 1, w[0], w[1], 0, 1, 0});
    }
    if (node.op == OpId::conv2d) {
        return get_int(node, "groups") != 1 ? std::nullopt
                                            : std::optional(Filter{false, w[3], w[1] * w[2], w[0],
                                                                   w[1] * w[2] * w[3], w[3], 1, 0});
    }
    return get_int(node, "multiplier") != 1
               ? std::nullopt
               : std::optional(Filter{true, w[3], w[1] * w[2], w[3], 1, w[3], 0, 3});
}

bool is_never_padded(const Graph& graph, const Node& node) {
    if (node.op == OpId::fully_connected) {
        return true;
    }
    const Dims& x = graph[node.inputs[0]].dims;
    const Dims& y = graph[node.outputs[0]].dims;
    return get_int(node, "pad_top") == 0 && get_int(node, "pad_left") == 0 &&
           is_inside(node, 'h', x[1], y[1]) && is_inside(node, 'w', x[2], y[2]);
}

}  // namespace verge::compiler
