// shape: folds into a constant, since every shape is known when a plan is made.

#include "operators/rule.hpp"

#include <array>

#include "operators/shape/op.hpp"

namespace verge {
namespace {

constexpr std::array kFields = {VERGE_FIELD(Shape, reserved)};

/// The output's type is the node's word: it stands on its output.
Outcome<std::vector<TensorType>> infer(const graph::Graph& graph, const graph::Node& node) {
    const auto rank = static_cast<std::int64_t>(graph[node.inputs[0]].dims.size());
    return std::vector{TensorType{graph[node.outputs[0]].type, {rank}}};
}

}  // namespace

namespace rule {
const Rule shape{.infer = infer, .fields = kFields};
}  // namespace rule

}  // namespace verge
