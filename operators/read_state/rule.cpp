// read_state: shapes and fields.

#include "operators/rule.hpp"

#include <array>

#include "operators/read_state/op.hpp"

namespace verge {
namespace {

constexpr std::array kFields = {
    VERGE_FIELD(ReadState, reserved),
};

/// The copy has its own shape, with as many elements.
Outcome<std::vector<TensorType>> infer(const graph::Graph& graph, const graph::Node& node) {
    const graph::Value& state = graph[node.inputs[0]];
    const graph::Value& copy = graph[node.outputs[0]];
    if (graph::element_count(state.dims) != graph::element_count(copy.dims)) {
        return bad_input(
            "read_state was given " + graph::describe(state) + " for " + graph::describe(copy),
            "as many elements");
    }
    return std::vector{TensorType{state.type, copy.dims}};
}

}  // namespace

namespace rule {
const Rule read_state{.infer = infer, .fields = kFields, .is_pure = false};
}  // namespace rule

}  // namespace verge
