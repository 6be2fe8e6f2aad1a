// lstm: shapes, cost and fields.

#include "operators/rule.hpp"

#include <array>

#include "operators/lstm/op.hpp"

namespace verge {
namespace {

constexpr std::array kFields = {
    VERGE_FIELD(Lstm, time_major),       VERGE_FIELD(Lstm, input_offset),
    VERGE_FIELD(Lstm, hidden_offset),    VERGE_FIELD(Lstm, gate_multipliers),
    VERGE_FIELD(Lstm, gate_shifts),      VERGE_FIELD(Lstm, product_multipliers),
    VERGE_FIELD(Lstm, product_shifts),   VERGE_FIELD(Lstm, tanh_multiplier),
    VERGE_FIELD(Lstm, tanh_shift),       VERGE_FIELD(Lstm, cell_limit),
    VERGE_FIELD(Lstm, float_cell_limit),
};

Outcome<std::vector<TensorType>> infer(const graph::Graph& graph, const graph::Node& node) {
    if (node.inputs.size() != lstm::kInputs) {
        return bad_input("lstm was given " + std::to_string(node.inputs.size()) + " inputs",
                         std::to_string(lstm::kInputs));
    }
    const graph::Value& x = graph[node.inputs[0]];
    const graph::Value& weights = graph[node.inputs[lstm::kRecurrentWeights]];
    const graph::Value& hidden = graph[node.inputs[lstm::kHidden]];
    const graph::Value& cell = graph[node.inputs[lstm::kCell]];
    if (x.dims.size() != 3 || weights.dims.size() != 2 || weights.dims[0] != weights.dims[1]) {
        return bad_input("lstm was given " + graph::describe(x) + " and recurrent weights " +
                             graph::describe(weights),
                         "x [B,T,I] and recurrent weights [U,U]");
    }
    const TensorType y{x.type, {x.dims[0], x.dims[1], weights.dims[0]}};
    return std::vector{y, TensorType{hidden.type, hidden.dims}, TensorType{cell.type, cell.dims}};
}

std::int64_t macs(const graph::Graph& graph, const graph::Node& node) {
    const graph::Value& x = graph[node.inputs[0]];
    const std::int64_t units = graph[node.inputs[lstm::kRecurrentWeights]].dims[0];
    return 4 * x.dims[0] * x.dims[1] * units * (x.dims[2] + units);
}

}  // namespace

namespace rule {
const Rule lstm{
    .infer = infer, .macs = macs, .fields = kFields, .is_pure = false, .least_inputs = kAllInputs};
}  // namespace rule

}  // namespace verge
