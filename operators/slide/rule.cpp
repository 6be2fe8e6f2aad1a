// slide: shapes and fields.

#include "operators/rule.hpp"

#include <array>

#include "operators/slide/op.hpp"

namespace verge {
namespace {

constexpr std::array kFields = {
    VERGE_FIELD(Slide, reserved),
};

/// The state has its own shape, with at least as many elements.
Outcome<std::vector<TensorType>> infer(const graph::Graph& graph, const graph::Node& node) {
    const graph::Value& x = graph[node.inputs[0]];
    const graph::Value& state = graph[node.inputs[1]];
    if (state.kind != graph::ValueKind::state || node.outputs[0] != node.inputs[1] ||
        graph::element_count(x.dims) > graph::element_count(state.dims)) {
        return bad_input("slide was given " + graph::describe(x) + " for " + graph::describe(state),
                         "a state of at least as many elements, as input 1 and as output");
    }
    return std::vector{TensorType{x.type, state.dims}};
}

}  // namespace

namespace rule {
const Rule slide{.infer = infer, .fields = kFields, .is_pure = false, .least_inputs = 2};
}  // namespace rule

}  // namespace verge
