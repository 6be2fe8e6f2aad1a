// dequantize: shape, fields, and how far the output may lie over the input.

#include "operators/rule.hpp"

#include <array>

#include "operators/dequantize/op.hpp"

namespace verge {
namespace {

constexpr std::array kFields = {
    VERGE_FIELD(Dequantize, scale),
    VERGE_FIELD(Dequantize, zero_point),
    VERGE_FIELD(Dequantize, axis),
};

Outcome<std::vector<TensorType>> infer(const graph::Graph& graph, const graph::Node& node) {
    return std::vector{TensorType{plan::Type::f32, graph[node.inputs[0]].dims}};
}

std::optional<std::int64_t> overlap(const Call& call, std::size_t input) {
    return input == 0 ? overlap_elementwise(call, 0) : std::nullopt;
}

}  // namespace

namespace rule {
const Rule dequantize{.infer = infer, .overlap = overlap, .fields = kFields};
}  // namespace rule

}  // namespace verge
