// mul: shape, fields, and how far the output may lie over an input.

#include "operators/rule.hpp"

#include <array>

#include "operators/dims.hpp"
#include "operators/mul/op.hpp"

namespace verge {
namespace {

constexpr std::array kFields = {
    VERGE_FIELD(Mul, input1_offset), VERGE_FIELD(Mul, input2_offset),
    VERGE_FIELD(Mul, output_offset), VERGE_FIELD(Mul, multiplier),
    VERGE_FIELD(Mul, shift),         VERGE_FIELD(Mul, clamp_min),
    VERGE_FIELD(Mul, clamp_max),     VERGE_FIELD(Mul, float_min),
    VERGE_FIELD(Mul, float_max),
};

Outcome<std::vector<TensorType>> infer(const graph::Graph& graph, const graph::Node& node) {
    const graph::Value& a = graph[node.inputs[0]];
    VERGE_ASSIGN(graph::Dims dims, broadcast_dims(a.dims, graph[node.inputs[1]].dims));
    return std::vector{TensorType{a.type, std::move(dims)}};
}

}  // namespace

namespace rule {
const Rule mul{
    .infer = infer, .overlap = overlap_elementwise, .fields = kFields, .least_inputs = 2};
}  // namespace rule

}  // namespace verge
