// fully_connected: shapes, cost, fields, and how far the output may lie over the input.

#include "operators/rule.hpp"

#include <algorithm>
#include <array>

#include "operators/fully_connected/op.hpp"

namespace verge {
namespace {

constexpr std::array kFields = {
    VERGE_FIELD(FullyConnected, input_offset),  VERGE_FIELD(FullyConnected, weight_offset),
    VERGE_FIELD(FullyConnected, output_offset), VERGE_FIELD(FullyConnected, clamp_min),
    VERGE_FIELD(FullyConnected, clamp_max),     VERGE_FIELD(FullyConnected, rounding),
    VERGE_FIELD(FullyConnected, float_min),     VERGE_FIELD(FullyConnected, float_max),
};

/// How the rows are laid out in the output's shape is the importer's word; the rule checks their
/// number and the last dimension.
Outcome<std::vector<TensorType>> infer(const graph::Graph& graph, const graph::Node& node) {
    const graph::Value& x = graph[node.inputs[0]];
    const graph::Value& weights = graph[node.inputs[1]];
    const graph::Dims& dims = graph[node.outputs[0]].dims;
    const bool has_weights = weights.dims.size() == 2 && weights.dims[0] > 0 && weights.dims[1] > 0;
    if (!has_weights || graph::element_count(x.dims) % weights.dims[1] != 0 || dims.empty() ||
        dims.back() != weights.dims[0] ||
        graph::element_count(dims) / weights.dims[0] !=
            graph::element_count(x.dims) / weights.dims[1]) {
        return bad_input("fully_connected was given x " + graph::describe(x) + ", weights " +
                             graph::describe(weights) + " and output " +
                             graph::describe(graph[node.outputs[0]]),
                         "weights [O,I], whole rows of I inputs, and as many rows of O outputs");
    }
    return std::vector{TensorType{x.type, dims}};
}

std::int64_t macs(const graph::Graph& graph, const graph::Node& node) {
    return graph::element_count(graph[node.outputs[0]].dims) * graph[node.inputs[1]].dims[1];
}

/// All inputs of a row are read for each of its outputs: but for the last output of a row, none
/// may reach into the row's inputs; the last one not into the next row.
std::optional<std::int64_t> overlap(const Call& call, std::size_t input) {
    const plan::Tensor& weights = call.input(1);
    if (input != 0 || !plan::is_dense(call.input(0)) || !plan::is_dense(call.output(0))) {
        return std::nullopt;
    }
    const auto outputs = static_cast<std::int64_t>(weights.dims[0]);
    const std::int64_t drift = outputs - static_cast<std::int64_t>(weights.dims[1]);
    const std::int64_t last = plan::element_count(call.output(0)) / outputs - 1;
    const std::int64_t elements = outputs - 1 + std::max<std::int64_t>(last * drift, 0);
    return std::max<std::int64_t>(elements, 0) * plan::element_bytes(call.output(0).type);
}

}  // namespace

namespace rule {
const Rule fully_connected{
    .infer = infer, .macs = macs, .overlap = overlap, .fields = kFields, .least_inputs = 2};
}  // namespace rule

}  // namespace verge
