// conv2d: shapes, cost, fields, and how far the output may lie over the input.

#include "operators/rule.hpp"

#include <array>

#include "operators/conv2d/op.hpp"

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

/// Pixels are made in ascending order, each whole before the next: pixel u may be written where no
/// later pixel, nor the rest of u, reads. With R(u) the first byte that u or a later pixel reads
/// and W(u) the first byte behind what u writes, d = max over u of W(u) - R(u).
std::optional<std::int64_t> overlap(const Call& call, std::size_t input) {
    const plan::Tensor& x = call.input(0);
    const plan::Tensor& y = call.output(0);
    if (input != 0 || x.dims[0] != 1 || !plan::is_dense(x) || !plan::is_dense(y)) {
        return std::nullopt;
    }
    const auto a = call.attributes<Conv2D>();
    const auto first_read = [](std::int64_t out, std::int32_t stride, std::int32_t pad,
                               std::int64_t size) {
        return std::min(std::max<std::int64_t>(out * stride - pad, 0), size - 1);
    };
    std::int64_t distance = 0;
    // Later rows read from their own first tap on, at column 0: the smallest of all later reads.
    for (std::int64_t oy = 0; oy < y.dims[1]; ++oy) {
        const std::int64_t row = first_read(oy, a.stride_h, a.pad_top, x.dims[1]) * x.row_stride;
        const std::int64_t next_row =
            oy + 1 < y.dims[1] ? first_read(oy + 1, a.stride_h, a.pad_top, x.dims[1]) * x.row_stride
                               : INT64_MAX;
        for (std::int64_t ox = 0; ox < y.dims[2]; ++ox) {
            const std::int64_t column =
                first_read(ox, a.stride_w, a.pad_left, x.dims[2]) * x.pixel_stride;
            const std::int64_t read = std::min(row + column, next_row);
            const std::int64_t written = oy * y.row_stride + (ox + 1) * y.pixel_stride;
            distance = std::max(distance, written - read);
        }
    }
    return distance;
}

}  // namespace

namespace rule {
const Rule conv2d{.infer = infer, .macs = macs, .overlap = overlap, .fields = kFields};
}  // namespace rule

}  // namespace verge
