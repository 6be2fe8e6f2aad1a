// arg_max: shape and fields.

#include "operators/rule.hpp"

#include <array>

#include "operators/arg_max/op.hpp"
#include "operators/dims.hpp"

namespace verge {
namespace {

constexpr std::array kFields = {VERGE_FIELD(ArgMax, axis), VERGE_FIELD(ArgMax, is_minimum)};

/// The output's type is the node's word: it stands on its output.
Outcome<std::vector<TensorType>> infer(const graph::Graph& graph, const graph::Node& node) {
    const graph::Value& x = graph[node.inputs[0]];
    VERGE_ASSIGN(const std::size_t axis,
                 axis_of(graph::attributes<ArgMax>(node).axis, x.dims.size()));
    return std::vector{TensorType{graph[node.outputs[0]].type, without_axis(x.dims, axis)}};
}

}  // namespace

namespace rule {
const Rule arg_max{.infer = infer, .fields = kFields};
}  // namespace rule

}  // namespace verge
