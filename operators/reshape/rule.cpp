// reshape: shape, and how far the output may lie over the input.

#include "operators/rule.hpp"

#include <array>

#include "operators/dims.hpp"
#include "operators/reshape/op.hpp"

namespace verge {
namespace {

constexpr std::array kFields = {VERGE_FIELD(Reshape, reserved)};

/// The new dims are the node's word: they stand on its output.
Outcome<std::vector<TensorType>> infer(const graph::Graph& graph, const graph::Node& node) {
    const graph::Value& x = graph[node.inputs[0]];
    const graph::Dims& dims = graph[node.outputs[0]].dims;
    if (graph::element_count(x.dims) != graph::element_count(dims)) {
        return bad_input("reshape of " + graph::describe(x) + " to " + describe_dims(dims),
                         "as many elements");
    }
    return std::vector{TensorType{x.type, dims}};
}

std::optional<std::int64_t> overlap(const Call& call, std::size_t input) {
    const bool is_dense = plan::is_dense(call.input(0)) && plan::is_dense(call.output(0));
    return input == 0 && is_dense ? std::optional<std::int64_t>(0) : std::nullopt;
}

}  // namespace

namespace rule {
const Rule reshape{.infer = infer, .overlap = overlap, .fields = kFields};
}  // namespace rule

}  // namespace verge
