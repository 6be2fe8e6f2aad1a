#pragma once
// depthwise_conv2d: what the adapters read from a call. Internal linkage: built once per CPU.

#include "operators/depthwise_conv2d/kernel_ref.hpp"
#include "operators/kernel.hpp"

namespace verge::kernel::depthwise_conv2d_ref {

static inline Shape shape_of(const Call& call) {
    const plan::Tensor& x = call.input(0);
    const plan::Tensor& y = call.output(0);
    const std::uint32_t element = plan::element_bytes(x.type);
    return {static_cast<std::int32_t>(x.dims[1]),
            static_cast<std::int32_t>(x.dims[2]),
            static_cast<std::int32_t>(x.dims[3]),
            static_cast<std::int32_t>(y.dims[1]),
            static_cast<std::int32_t>(y.dims[2]),
            x.row_stride / element,
            x.pixel_stride / element,
            y.row_stride / element,
            y.pixel_stride / element};
}

template <typename In, typename Weight>
static inline Data<In, Weight> data_of(const Call& call) {
    return {call.in<In>(0), call.in<Weight>(1), call.has(2) ? call.in<void>(2) : nullptr,
            call.has(3) ? call.in<std::int32_t>(3) : nullptr, call.out<In>(0)};
}

/// True for what the kernels that take several channels at a time were written for.
static inline bool is_plain(const DepthwiseConv2D& a) {
    return a.multiplier == 1 && a.weight_offset == 0 && a.input_offset >= -128 &&
           a.input_offset <= 128 && a.clamp_min >= -128 && a.clamp_min <= 127 &&
           a.clamp_max >= -128 && a.clamp_max <= 127;
}

}  // namespace verge::kernel::depthwise_conv2d_ref
