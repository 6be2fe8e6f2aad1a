#pragma once
// conv2d: brings the window of a pixel together as one run of values, padding filled in, for
// kernels that then multiply matrices. Internal linkage: built once per CPU. Freestanding, C++17.

#include <cstddef>
#include <cstdint>

#include "operators/conv2d/op.hpp"

namespace verge::kernel::conv2d_gather {

/// Sizes of one call with int8 x and y; strides count bytes.
struct Geometry {
    std::int32_t in_h;
    std::int32_t in_w;
    std::int32_t in_c;
    std::uint32_t out_h;
    std::uint32_t out_w;
    std::uint32_t out_c;
    std::size_t in_row;
    std::size_t in_pixel;
    std::size_t out_row;
    std::size_t out_pixel;
    std::uint32_t depth;   // KH*KW*C
    std::uint32_t pixels;  // of all images
};

/// Taps [first, last) of a row of the window lie inside, the first tap at column `origin`.
struct Columns {
    std::int32_t origin;
    std::int32_t first;
    std::int32_t last;
};

static inline Columns columns_of(const Conv2D& a, const Geometry& g, std::int32_t ox) {
    const std::int32_t origin = ox * a.stride_w - a.pad_left;
    const std::int32_t first = origin >= 0 ? 0 : -origin < a.kernel_w ? -origin : a.kernel_w;
    const std::int32_t last = origin + a.kernel_w > g.in_w ? g.in_w - origin : a.kernel_w;
    return {origin, first, last > first ? last : first};
}

/// One row of the window. Sink::copy(values, count) and Sink::pad(count) append to the patch.
template <typename Sink>
static inline void gather_row(
    const Conv2D& a, const Geometry& g, const std::int8_t* row, std::int32_t ox, Sink& sink) {
    const auto c = static_cast<std::uint32_t>(g.in_c);
    if (a.dilation_w == 1 && g.in_pixel == c) {
        const Columns taps = columns_of(a, g, ox);
        sink.pad(static_cast<std::uint32_t>(taps.first) * c);
        if (taps.last > taps.first) {
            sink.copy(row + static_cast<std::size_t>(taps.origin + taps.first) * g.in_pixel,
                      static_cast<std::uint32_t>(taps.last - taps.first) * c);
        }
        sink.pad(static_cast<std::uint32_t>(a.kernel_w - taps.last) * c);
        return;
    }
    for (std::int32_t kx = 0; kx < a.kernel_w; ++kx) {
        const std::int32_t ix = ox * a.stride_w - a.pad_left + kx * a.dilation_w;
        if (ix < 0 || ix >= g.in_w) {
            sink.pad(c);
        } else {
            sink.copy(row + static_cast<std::size_t>(ix) * g.in_pixel, c);
        }
    }
}

/// The whole window of output pixel `pixel`, counted over all images; x is the first image.
template <typename Sink>
static inline void gather_pixel(
    const Conv2D& a, const Geometry& g, const std::int8_t* x, std::uint32_t pixel, Sink& sink) {
    const std::uint32_t row = pixel / g.out_w;
    const auto ox = static_cast<std::int32_t>(pixel - row * g.out_w);
    const std::uint32_t image = row / g.out_h;
    const auto oy = static_cast<std::int32_t>(row - image * g.out_h);
    const std::int8_t* first = x + std::size_t{image} * static_cast<std::size_t>(g.in_h) * g.in_row;
    for (std::int32_t ky = 0; ky < a.kernel_h; ++ky) {
        const std::int32_t iy = oy * a.stride_h - a.pad_top + ky * a.dilation_h;
        if (iy < 0 || iy >= g.in_h) {
            sink.pad(static_cast<std::uint32_t>(a.kernel_w) * static_cast<std::uint32_t>(g.in_c));
        } else {
            gather_row(a, g, first + static_cast<std::size_t>(iy) * g.in_row, ox, sink);
        }
    }
}

/// Where output pixel `pixel` starts.
static inline std::int8_t* output_pixel(const Geometry& g, std::int8_t* y, std::uint32_t pixel) {
    const std::uint32_t row = pixel / g.out_w;
    return y + row * g.out_row + (pixel - row * g.out_w) * g.out_pixel;
}

}  // namespace verge::kernel::conv2d_gather
