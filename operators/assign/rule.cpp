// assign: shapes and fields.

#include "operators/rule.hpp"

#include <array>

#include "operators/assign/op.hpp"

namespace verge {
namespace {

constexpr std::array kFields = {
    VERGE_FIELD(Assign, reserved),
};

/// The variable has its own shape, with as many elements.
Outcome<std::vector<TensorType>> infer(const graph::Graph& graph, const graph::Node& node) {
    const graph::Value& x = graph[node.inputs[0]];
    const graph::Value& variable = graph[node.outputs[0]];
    if (graph::element_count(x.dims) != graph::element_count(variable.dims)) {
        return bad_input(
            "assign was given " + graph::describe(x) + " for " + graph::describe(variable),
            "as many elements");
    }
    return std::vector{TensorType{x.type, variable.dims}};
}

}  // namespace

namespace rule {
const Rule assign{.infer = infer, .fields = kFields, .is_pure = false};
}  // namespace rule

}  // namespace verge
