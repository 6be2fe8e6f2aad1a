// pack: shape and fields.

#include "operators/rule.hpp"

#include <array>

#include "operators/dims.hpp"
#include "operators/pack/op.hpp"

namespace verge {
namespace {

constexpr std::array kFields = {VERGE_FIELD(Pack, axis)};

Outcome<std::vector<TensorType>> infer(const graph::Graph& graph, const graph::Node& node) {
    const graph::Value& part = graph[node.inputs[0]];
    graph::Dims dims = part.dims;
    VERGE_ASSIGN(const std::size_t axis,
                 axis_of(graph::attributes<Pack>(node).axis, dims.size() + 1));
    dims.insert(dims.begin() + static_cast<std::ptrdiff_t>(axis),
                static_cast<std::int64_t>(node.inputs.size()));
    return std::vector{TensorType{part.type, std::move(dims)}};
}

}  // namespace

namespace rule {
const Rule pack{.infer = infer, .fields = kFields, .least_inputs = kAllInputs};
}  // namespace rule

}  // namespace verge
