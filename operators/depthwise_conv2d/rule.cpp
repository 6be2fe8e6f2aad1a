// depthwise_conv2d: shapes, cost, fields, and how far the output may lie over the input.

#include "operators/rule.hpp"

#include <array>

#include "operators/depthwise_conv2d/op.hpp"
#include "operators/sliding.hpp"

namespace verge {
namespace {

constexpr std::array kFields = {
    VERGE_FIELD(DepthwiseConv2D, stride_h),      VERGE_FIELD(DepthwiseConv2D, stride_w),
    VERGE_FIELD(DepthwiseConv2D, dilation_h),    VERGE_FIELD(DepthwiseConv2D, dilation_w),
    VERGE_FIELD(DepthwiseConv2D, pad_top),       VERGE_FIELD(DepthwiseConv2D, pad_left),
    VERGE_FIELD(DepthwiseConv2D, kernel_h),      VERGE_FIELD(DepthwiseConv2D, kernel_w),
    VERGE_FIELD(DepthwiseConv2D, multiplier),    VERGE_FIELD(DepthwiseConv2D, input_offset),
    VERGE_FIELD(DepthwiseConv2D, weight_offset), VERGE_FIELD(DepthwiseConv2D, output_offset),
    VERGE_FIELD(DepthwiseConv2D, clamp_min),     VERGE_FIELD(DepthwiseConv2D, clamp_max),
    VERGE_FIELD(DepthwiseConv2D, rounding),      VERGE_FIELD(DepthwiseConv2D, float_min),
    VERGE_FIELD(DepthwiseConv2D, float_max),
};

/// Rows and columns of the output are the importer's word (the padding behind is implied): the
/// rule checks the channels and keeps them.
Outcome<std::vector<TensorType>> infer(const graph::Graph& graph, const graph::Node& node) {
    const graph::Value& x = graph[node.inputs[0]];
    const graph::Value& weights = graph[node.inputs[1]];
    const auto a = graph::attributes<DepthwiseConv2D>(node);
    graph::Dims dims = graph[node.outputs[0]].dims;
    if (x.dims.size() != 4 || weights.dims.size() != 4 || dims.size() != 4) {
        return bad_input("depthwise_conv2d was given " + graph::describe(x) + " and weights " +
                             graph::describe(weights),
                         "x [N,H,W,C], weights [1,KH,KW,O] and an output of rank 4");
    }
    if (a.multiplier < 1 || weights.dims[0] != 1 || weights.dims[3] != x.dims[3] * a.multiplier ||
        weights.dims[1] != a.kernel_h || weights.dims[2] != a.kernel_w) {
        return bad_input("depthwise_conv2d with multiplier " + std::to_string(a.multiplier) +
                             " was given x " + graph::describe(x) + " and weights " +
                             graph::describe(weights),
                         "weights [1,KH,KW,C*multiplier]");
    }
    dims[0] = x.dims[0];
    dims[3] = weights.dims[3];
    return std::vector{TensorType{x.type, dims}};
}

std::int64_t macs(const graph::Graph& graph, const graph::Node& node) {
    const graph::Value& weights = graph[node.inputs[1]];
    return graph::element_count(graph[node.outputs[0]].dims) * weights.dims[1] * weights.dims[2];
}

std::optional<std::int64_t> overlap(const Call& call, std::size_t input) {
    const plan::Tensor& x = call.input(0);
    const plan::Tensor& y = call.output(0);
    if (input != 0 || x.dims[0] != 1 || !plan::is_dense(x) || !plan::is_dense(y)) {
        return std::nullopt;
    }
    const auto a = call.attributes<DepthwiseConv2D>();
    return sliding::channelwise_distance(
        x, y,
        {a.stride_h, a.pad_top, a.kernel_h, a.dilation_h, static_cast<std::int32_t>(x.dims[1])},
        {a.stride_w, a.pad_left, a.kernel_w, a.dilation_w, static_cast<std::int32_t>(x.dims[2])});
}

}  // namespace

namespace rule {
const Rule depthwise_conv2d{
    .infer = infer, .macs = macs, .overlap = overlap, .fields = kFields, .least_inputs = 2};
}  // namespace rule

}  // namespace verge
