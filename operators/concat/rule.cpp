// concat: shape and fields.

#include "operators/rule.hpp"

#include <array>

#include "operators/concat/op.hpp"
#include "operators/dims.hpp"

namespace verge {
namespace {

constexpr std::array kFields = {VERGE_FIELD(Concat, axis)};

Outcome<std::vector<TensorType>> infer(const graph::Graph& graph, const graph::Node& node) {
    std::vector<graph::Dims> parts;
    for (const graph::ValueId input : node.inputs) {
        parts.push_back(graph[input].dims);
    }
    VERGE_ASSIGN(const std::size_t axis,
                 axis_of(graph::attributes<Concat>(node).axis, parts[0].size()));
    VERGE_ASSIGN(graph::Dims dims, joined_dims(parts, axis));
    return std::vector{TensorType{graph[node.inputs[0]].type, std::move(dims)}};
}

}  // namespace

namespace rule {
const Rule concat{.infer = infer, .fields = kFields, .least_inputs = kAllInputs};
}  // namespace rule

}  // namespace verge
