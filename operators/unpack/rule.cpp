// unpack: shapes and fields.

#include "operators/rule.hpp"

#include <array>

#include "operators/dims.hpp"
#include "operators/unpack/op.hpp"

namespace verge {
namespace {

constexpr std::array kFields = {VERGE_FIELD(Unpack, axis)};

Outcome<std::vector<TensorType>> infer(const graph::Graph& graph, const graph::Node& node) {
    const graph::Value& x = graph[node.inputs[0]];
    VERGE_ASSIGN(const std::size_t axis,
                 axis_of(graph::attributes<Unpack>(node).axis, x.dims.size()));
    if (x.dims[axis] != static_cast<std::int64_t>(node.outputs.size())) {
        return bad_input("unpack of " + graph::describe(x) + " into " +
                             std::to_string(node.outputs.size()) + " outputs",
                         "one output for each index of the axis");
    }
    return std::vector(node.outputs.size(), TensorType{x.type, without_axis(x.dims, axis)});
}

}  // namespace

namespace rule {
const Rule unpack{.infer = infer, .fields = kFields};
}  // namespace rule

}  // namespace verge
