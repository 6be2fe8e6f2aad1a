// conv2d: shapes, cost, fields, and how far the output may lie over the input.

#include "operators/rule.hpp"

#include <array>

#include "operators/conv2d/op.hpp"
#include "operators/conv2d/overlap.hpp"

namespace verge {
namespace {

constexpr std::array kFields = {
    VERGE_FIELD(Conv2D, stride_h),      VERGE_FIELD(Conv2D, stride_w),
    VERGE_FIELD(Conv2D, dilation_h),    VERGE_FIELD(Conv2D, dilation_w),
    VERGE_FIELD(Conv2D, pad_top),       VERGE_FIELD(Conv2D, pad_left),
    VERGE_FIELD(Conv2D, kernel_h),      VERGE_FIELD(Conv2D, kernel_w),
    VERGE_FIELD(Conv2D, groups),        VERGE_FIELD(Conv2D, input_offset),
    VERGE_FIELD(Conv2D, weight_offset), VERGE_FIELD(Conv2D, output_offset),
    VERGE_FIELD(Conv2D, clamp_min),     VERGE_FIELD(Conv2D, clamp_max),
    VERGE_FIELD(Conv2D, rounding),      VERGE_FIELD(Conv2D, float_min),
    VERGE_FIELD(Conv2D, float_max),
};

/// Rows and columns of the output are the importer's word (the padding behind is implied): the
/// rule checks the channels and keeps them.
Outcome<std::vector<TensorType>> infer(const graph::Graph& graph, const graph::Node& node) {
    const graph::Value& x = graph[node.inputs[0]];
    const graph::Value& weights = graph[node.inputs[1]];
    const auto a = graph::attributes<Conv2D>(node);
    if (x.dims.size() != 4 || weights.dims.size() != 4) {
        return bad_input(
            "conv2d was given " + graph::describe(x) + " and weights " + graph::describe(weights),
            "x [N,H,W,C] and weights [O,KH,KW,C/groups]");
    }
    if (a.groups < 1 || weights.dims[3] * a.groups != x.dims[3] || weights.dims[1] != a.kernel_h ||
        weights.dims[2] != a.kernel_w) {
        return bad_input("conv2d with " + std::to_string(a.groups) + " groups was given x " +
                             graph::describe(x) + " and weights " + graph::describe(weights),
                         "weights [O,KH,KW,C/groups]");
    }
    graph::Dims dims = graph[node.outputs[0]].dims;
    if (dims.size() != 4) {
        return bad_input("conv2d has an output of rank " + std::to_string(dims.size()), "rank 4");
    }
    dims[0] = x.dims[0];
    dims[3] = weights.dims[0];
    return std::vector{TensorType{x.type, dims}};
}

std::int64_t macs(const graph::Graph& graph, const graph::Node& node) {
    const graph::Value& weights = graph[node.inputs[1]];
    return graph::element_count(graph[node.outputs[0]].dims) * weights.dims[1] * weights.dims[2] *
           weights.dims[3];
}

}  // namespace

namespace rule {
const Rule conv2d{.infer = infer,
                  .macs = macs,
                  .overlap = conv2d_layout::overlap,
                  .fields = kFields,
                  .least_inputs = 2};
}  // namespace rule

}  // namespace verge
