#pragma once
// depthwise_conv2d, the truth: TensorFlow Lite Micro's order of sums and its rounding. Each output
// element is written after all that it reads was read, so that an output may lie over its input.
// Portable C++17.

#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "base/fixed_point.hpp"
#include "operators/depthwise_conv2d/op.hpp"
#include "operators/sliding.hpp"

namespace verge::kernel::depthwise_conv2d_ref {

/// Sizes of one call; strides count elements.
struct Shape {
    std::int32_t in_h;
    std::int32_t in_w;
    std::int32_t in_c;
    std::int32_t out_h;
    std::int32_t out_w;
    std::size_t in_row;
    std::size_t in_pixel;
    std::size_t out_row;
    std::size_t out_pixel;
};

template <typename In, typename Weight>
struct Data {
    const In* x;
    const Weight* weights;
    const void* bias;
    const std::int32_t* requant;
    In* y;
};

/// The window of one output pixel: its taps inside the input, and the pixel at their origin.
struct Window {
    sliding::Taps rows;
    sliding::Taps columns;
};

/// Sum over the window for input channel c and output channel o; `x` is the first pixel of the
/// image.
template <typename Sum, typename In, typename Weight>
static inline Sum window_sum(
    const DepthwiseConv2D& a, const Shape& s, const Window& w, const In* x, const Weight* weights) {
    const auto out_c = static_cast<std::size_t>(s.in_c) * static_cast<std::size_t>(a.multiplier);
    Sum sum = 0;
    for (std::int32_t ky = w.rows.first; ky < w.rows.last; ++ky) {
        const In* row = x + static_cast<std::size_t>(w.rows.origin + ky * a.dilation_h) * s.in_row;
        const Weight* taps =
            weights + static_cast<std::size_t>(ky) * static_cast<std::size_t>(a.kernel_w) * out_c;
        for (std::int32_t kx = w.columns.first; kx < w.columns.last; ++kx) {
            const In value =
                row[static_cast<std::size_t>(w.columns.origin + kx * a.dilation_w) * s.in_pixel];
            const Weight weight = taps[static_cast<std::size_t>(kx) * out_c];
            if constexpr (std::is_floating_point_v<Sum>) {
                sum += value * weight;
            } else {
                sum += static_cast<Sum>((value + a.input_offset) * (weight + a.weight_offset));
            }
        }
    }
    return sum;
}

/// Integers with a 32-bit sum (unsigned: it wraps) and double rounding.
struct Finish32 {
    template <typename In, typename Weight>
    static In finish(const DepthwiseConv2D& a,
                     const Data<In, Weight>& d,
                     std::uint32_t sum,
                     std::int32_t o,
                     std::int32_t out_c) {
        const auto* bias = static_cast<const std::int32_t*>(d.bias);
        const std::uint32_t added = bias == nullptr ? 0U : static_cast<std::uint32_t>(bias[o]);
        const std::int32_t scaled =
            multiply(static_cast<std::int32_t>(sum + added), d.requant[o], d.requant[out_c + o]);
        return static_cast<In>(
            clamp(wrapping_add(scaled, a.output_offset), a.clamp_min, a.clamp_max));
    }
};

/// int16 with a 64-bit sum and bias, and one rounding.
struct Finish64 {
    template <typename In, typename Weight>
    static In finish(const DepthwiseConv2D& a,
                     const Data<In, Weight>& d,
                     std::uint64_t sum,
                     std::int32_t o,
                     std::int32_t out_c) {
        const auto* bias = static_cast<const std::int64_t*>(d.bias);
        const std::uint64_t added = bias == nullptr ? 0U : static_cast<std::uint64_t>(bias[o]);
        const std::int32_t scaled =
            multiply64(static_cast<std::int64_t>(sum + added), d.requant[o], d.requant[out_c + o]);
        return static_cast<In>(
            clamp(wrapping_add(scaled, a.output_offset), a.clamp_min, a.clamp_max));
    }
};

struct FinishFloat {
    static float finish(const DepthwiseConv2D& a,
                        const Data<float, float>& d,
                        float sum,
                        std::int32_t o,
                        std::int32_t) {
        const auto* bias = static_cast<const float*>(d.bias);
        const float total = bias == nullptr ? sum : sum + bias[o];
        const float above = total < a.float_min ? a.float_min : total;
        return above > a.float_max ? a.float_max : above;
    }
};

/// Output rows [first, last) of all images, one row a tile.
template <typename Finish, typename Sum, typename In, typename Weight>
static inline void run_rows(const DepthwiseConv2D& a,
                            const Shape& s,
                            const Data<In, Weight>& d,
                            std::uint32_t first,
                            std::uint32_t last) {
    const sliding::Axis rows{a.stride_h, a.pad_top, a.kernel_h, a.dilation_h, s.in_h};
    const sliding::Axis columns{a.stride_w, a.pad_left, a.kernel_w, a.dilation_w, s.in_w};
    const std::int32_t out_c = s.in_c * a.multiplier;
    for (std::uint32_t row = first; row < last; ++row) {
        const auto image = static_cast<std::size_t>(row / static_cast<std::uint32_t>(s.out_h));
        const auto oy = static_cast<std::int32_t>(row % static_cast<std::uint32_t>(s.out_h));
        const In* x = d.x + image * static_cast<std::size_t>(s.in_h) * s.in_row;
        In* y = d.y + row * s.out_row;
        for (std::int32_t ox = 0; ox < s.out_w; ++ox) {
            const Window window{sliding::clip(rows, oy), sliding::clip(columns, ox)};
            std::int32_t o = 0;
            for (std::int32_t c = 0; c < s.in_c; ++c) {
                for (std::int32_t m = 0; m < a.multiplier; ++m, ++o) {
                    const Sum sum = window_sum<Sum>(a, s, window, x + c, d.weights + o);
                    y[o] = Finish::finish(a, d, sum, o, out_c);
                }
            }
            y += s.out_pixel;
        }
    }
}

}  // namespace verge::kernel::depthwise_conv2d_ref
