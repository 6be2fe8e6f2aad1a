// svdf: shapes, cost and fields.

#include "operators/rule.hpp"

#include <array>

#include "operators/svdf/op.hpp"

namespace verge {
namespace {

constexpr std::array kFields = {
    VERGE_FIELD(Svdf, rank),         VERGE_FIELD(Svdf, input_offset),
    VERGE_FIELD(Svdf, state_offset), VERGE_FIELD(Svdf, output_offset),
    VERGE_FIELD(Svdf, multipliers),  VERGE_FIELD(Svdf, shifts),
    VERGE_FIELD(Svdf, float_min),    VERGE_FIELD(Svdf, float_max),
};

Outcome<std::vector<TensorType>> infer(const graph::Graph& graph, const graph::Node& node) {
    if (node.inputs.size() != svdf::kInputs || node.inputs[svdf::kState] == graph::kNoValue) {
        return bad_input("svdf was given " + std::to_string(node.inputs.size()) + " inputs",
                         std::to_string(svdf::kInputs) + ", the state among them");
    }
    const graph::Value& x = graph[node.inputs[0]];
    const graph::Value& weights = graph[node.inputs[svdf::kFeatureWeights]];
    const graph::Value& state = graph[node.inputs[svdf::kState]];
    const std::int64_t rank = graph::attributes<Svdf>(node).rank;
    if (x.dims.size() != 2 || weights.dims.size() != 2 || rank < 1 || weights.dims[0] % rank != 0) {
        return bad_input("svdf was given " + graph::describe(x) + ", weights " +
                             graph::describe(weights) + " and rank " + std::to_string(rank),
                         "x [B,I] and weights [U*rank,I]");
    }
    return std::vector{TensorType{x.type, {x.dims[0], weights.dims[0] / rank}},
                       TensorType{state.type, state.dims}};
}

std::int64_t macs(const graph::Graph& graph, const graph::Node& node) {
    const std::int64_t batches = graph[node.inputs[0]].dims[0];
    return batches * (graph::element_count(graph[node.inputs[svdf::kFeatureWeights]].dims) +
                      graph::element_count(graph[node.inputs[svdf::kTimeWeights]].dims));
}

}  // namespace

namespace rule {
const Rule svdf{
    .infer = infer, .macs = macs, .fields = kFields, .is_pure = false, .least_inputs = 3};
}  // namespace rule

}  // namespace verge
