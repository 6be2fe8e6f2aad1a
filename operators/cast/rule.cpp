// cast: shape, and how far the output may lie over the input.

#include "operators/rule.hpp"

#include <array>

#include "operators/cast/op.hpp"

namespace verge {
namespace {

constexpr std::array kFields = {VERGE_FIELD(Cast, reserved)};

/// The output's type is the node's word: it stands on its output.
Outcome<std::vector<TensorType>> infer(const graph::Graph& graph, const graph::Node& node) {
    return std::vector{TensorType{graph[node.outputs[0]].type, graph[node.inputs[0]].dims}};
}

}  // namespace

namespace rule {
const Rule cast{.infer = infer, .overlap = overlap_elementwise, .fields = kFields};
}  // namespace rule

}  // namespace verge
