#pragma once
// What the rules of the two pooling operators share. Hosted.

#include <array>

#include "operators/average_pool2d/op.hpp"
#include "operators/rule.hpp"
#include "operators/sliding.hpp"

namespace verge {

inline constexpr std::array kPool2DFields = {
    VERGE_FIELD(Pool2D, stride_h),  VERGE_FIELD(Pool2D, stride_w),  VERGE_FIELD(Pool2D, kernel_h),
    VERGE_FIELD(Pool2D, kernel_w),  VERGE_FIELD(Pool2D, pad_top),   VERGE_FIELD(Pool2D, pad_left),
    VERGE_FIELD(Pool2D, clamp_min), VERGE_FIELD(Pool2D, clamp_max), VERGE_FIELD(Pool2D, float_min),
    VERGE_FIELD(Pool2D, float_max),
};

/// Rows and columns of the output are the importer's word (the padding behind is implied).
inline Outcome<std::vector<TensorType>> infer_pool2d(const graph::Graph& graph,
                                                     const graph::Node& node) {
    const graph::Value& x = graph[node.inputs[0]];
    graph::Dims dims = graph[node.outputs[0]].dims;
    if (x.dims.size() != 4 || dims.size() != 4) {
        return bad_input("pooling was given " + graph::describe(x) + " and output " +
                             graph::describe(graph[node.outputs[0]]),
                         "[N,H,W,C] each");
    }
    dims[0] = x.dims[0];
    dims[3] = x.dims[3];
    return std::vector{TensorType{x.type, dims}};
}

inline std::optional<std::int64_t> overlap_pool2d(const Call& call, std::size_t input) {
    const plan::Tensor& x = call.input(0);
    const plan::Tensor& y = call.output(0);
    if (input != 0 || x.dims[0] != 1 || !plan::is_dense(x) || !plan::is_dense(y)) {
        return std::nullopt;
    }
    const auto a = call.attributes<Pool2D>();
    return sliding::channelwise_distance(
        x, y, {a.stride_h, a.pad_top, a.kernel_h, 1, static_cast<std::int32_t>(x.dims[1])},
        {a.stride_w, a.pad_left, a.kernel_w, 1, static_cast<std::int32_t>(x.dims[2])});
}

}  // namespace verge
