// transpose: shape and fields.

#include "operators/rule.hpp"

#include <array>

#include "operators/transpose/op.hpp"

namespace verge {
namespace {

constexpr std::array kFields = {VERGE_FIELD(Transpose, axes)};

Outcome<std::vector<TensorType>> infer(const graph::Graph& graph, const graph::Node& node) {
    const graph::Value& x = graph[node.inputs[0]];
    const auto a = graph::attributes<Transpose>(node);
    graph::Dims dims;
    for (std::size_t i = 0; i < x.dims.size(); ++i) {
        const std::int32_t axis = i < std::size(a.axes) ? a.axes[i] : -1;
        if (axis < 0 || axis >= static_cast<std::int32_t>(x.dims.size())) {
            return bad_input(
                "transpose of " + graph::describe(x) + " by axis " + std::to_string(axis),
                "each axis once, at most six");
        }
        dims.push_back(x.dims[static_cast<std::size_t>(axis)]);
    }
    return std::vector{TensorType{x.type, std::move(dims)}};
}

}  // namespace

namespace rule {
const Rule transpose{.infer = infer, .fields = kFields};
}  // namespace rule

}  // namespace verge
