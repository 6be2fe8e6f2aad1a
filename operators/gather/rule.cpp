// gather: shape and fields.

#include "operators/rule.hpp"

#include <array>

#include "operators/dims.hpp"
#include "operators/gather/op.hpp"

namespace verge {
namespace {

constexpr std::array kFields = {VERGE_FIELD(Gather, axis), VERGE_FIELD(Gather, batch_dims)};

Outcome<std::vector<TensorType>> infer(const graph::Graph& graph, const graph::Node& node) {
    const graph::Value& x = graph[node.inputs[0]];
    const auto a = graph::attributes<Gather>(node);
    VERGE_ASSIGN(graph::Dims dims,
                 gathered_dims(x.dims, graph[node.inputs[1]].dims, a.axis, a.batch_dims));
    return std::vector{TensorType{x.type, std::move(dims)}};
}

}  // namespace

namespace rule {
const Rule gather{.infer = infer, .fields = kFields, .least_inputs = 2};
}  // namespace rule

}  // namespace verge
