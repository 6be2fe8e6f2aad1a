#pragma once
// conv2d: what the adapters of the kernels with packed constants read from a call. Internal
// linkage: built once per CPU. Freestanding.

#include "operators/conv2d/gather.hpp"
#include "operators/kernel.hpp"

namespace verge::kernel::conv2d_gather {

/// Precondition: check_conv2d accepted the packed call.
static inline Geometry geometry_of(const Call& call, const Conv2D& a) {
    const plan::Tensor& x = call.input(0);
    const plan::Tensor& y = call.output(0);
    return {
        static_cast<std::int32_t>(x.dims[1]),
        static_cast<std::int32_t>(x.dims[2]),
        static_cast<std::int32_t>(x.dims[3]),
        y.dims[1],
        y.dims[2],
        y.dims[3],
        x.row_stride,
        x.pixel_stride,
        y.row_stride,
        y.pixel_stride,
        static_cast<std::uint32_t>(a.kernel_h) * static_cast<std::uint32_t>(a.kernel_w) * x.dims[3],
        y.dims[0] * y.dims[1] * y.dims[2]};
}

}  // namespace verge::kernel::conv2d_gather
