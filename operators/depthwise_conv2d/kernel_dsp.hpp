#pragma once
// depthwise_conv2d for Cortex-M4, M7 and M33: four channels at a time, read whole before they are
// written, so that an output may lie over its input as with the reference. C++17.

#include <arm_acle.h>

#include <cstddef>
#include <cstdint>

#include "operators/depthwise_conv2d/kernel_ref.hpp"
#include "operators/dsp.hpp"

namespace verge::kernel::depthwise_conv2d_dsp {

using Data = depthwise_conv2d_ref::Data<std::int8_t, std::int8_t>;
using depthwise_conv2d_ref::Shape;
using depthwise_conv2d_ref::Window;

/// Sums of four channels.
struct Sums {
    std::int32_t sum[4];
};

/// Where the taps of one pixel lie: `rows` rows of `columns` taps, for all channels.
struct Taps {
    const std::int8_t* x;
    const std::int8_t* weights;
    std::size_t x_step;  // from tap to tap
    std::ptrdiff_t x_row;  // from the last tap of a row to behind the first of the next
    std::size_t channels;
    std::size_t weights_row;
    std::int32_t rows;
    std::int32_t columns;
    dsp::Pair offset;
};

/// The window inside the input. Precondition: it has taps.
static inline Taps taps_of(const DepthwiseConv2D& a,
                           const Shape& s,
                           const Window& w,
                           const std::int8_t* x,
                           const std::int8_t* weights) {
    const auto channels = static_cast<std::size_t>(s.in_c);
    const std::int32_t columns = w.columns.last - w.columns.first;
    const auto x_step = static_cast<std::size_t>(a.dilation_w) * s.in_pixel;
    const auto row = static_cast<std::size_t>(w.rows.origin + w.rows.first * a.dilation_h);
    const auto column = static_cast<std::size_t>(w.columns.origin + w.columns.first * a.dilation_w);
    return {
        x + row * s.in_row + column * s.in_pixel,
        weights + static_cast<std::size_t>(w.rows.first * a.kernel_w + w.columns.first) * channels,
        x_step,
        static_cast<std::ptrdiff_t>(static_cast<std::size_t>(a.dilation_h) * s.in_row) -
                static_cast<std::ptrdiff_t>(static_cast<std::size_t>(columns) * x_step),
        channels,
        static_cast<std::size_t>(a.kernel_w - columns) * channels,
        w.rows.last - w.rows.first,
        columns,
        dsp::twice(a.input_offset)};
}

/// Channels c to c + 3 of one pixel. Not inlined: it needs every register.
[[gnu::noinline]] static void sum_window(const Taps& t, std::size_t c, Sums& sums) {
    const std::int8_t* x = t.x + c;
    const std::int8_t* weights = t.weights + c;
    const std::size_t x_step = t.x_step;
    const std::size_t channels = t.channels;
    const dsp::Pair offset = t.offset;
    std::int32_t sum0 = 0;
    std::int32_t sum1 = 0;
    std::int32_t sum2 = 0;
    std::int32_t sum3 = 0;
    for (std::int32_t rows = t.rows; rows > 0; --rows) {
        for (std::int32_t columns = t.columns; columns > 0; --columns) {
            const std::int32_t x_four = dsp::load_four(x);
            const std::int32_t w_four = dsp::load_four(weights);
            const dsp::Pair x_even = dsp::even_plus(offset, x_four);
            const dsp::Pair w_even = dsp::even(w_four);
            sum0 = __smlabb(x_even, w_even, sum0);
            sum2 = __smlatt(x_even, w_even, sum2);
            const dsp::Pair x_odd = dsp::odd_plus(offset, x_four);
            const dsp::Pair w_odd = dsp::odd(w_four);
            sum1 = __smlabb(x_odd, w_odd, sum1);
            sum3 = __smlatt(x_odd, w_odd, sum3);
            x += x_step;
            weights += channels;
        }
        x += t.x_row;
        weights += t.weights_row;
    }
    sums = {{sum0, sum1, sum2, sum3}};
}

static inline std::int8_t finish(const DepthwiseConv2D& a,
                                 const Data& d,
                                 std::int32_t sum,
                                 std::int32_t o,
                                 std::int32_t channels) {
    const auto* bias = static_cast<const std::int32_t*>(d.bias);
    const std::int32_t total = wrapping_add(sum, bias == nullptr ? 0 : bias[o]);
    const std::int32_t scaled = dsp::multiply(total, d.requant[o], d.requant[channels + o]);
    return static_cast<std::int8_t>(
        clamp(wrapping_add(scaled, a.output_offset), a.clamp_min, a.clamp_max));
}

/// One pixel: fours of channels, then those that are left one by one.
static inline void run_pixel(const DepthwiseConv2D& a,
                             const Shape& s,
                             const Data& d,
                             const Window& window,
                             const std::int8_t* x,
                             std::int8_t* y) {
    std::int32_t c = 0;
    const bool has_taps =
        window.rows.last > window.rows.first && window.columns.last > window.columns.first;
    const Taps taps = has_taps ? taps_of(a, s, window, x, d.weights) : Taps{};
    for (; c + 4 <= s.in_c; c += 4) {
        Sums sums{};
        sum_window(taps, static_cast<std::size_t>(c), sums);
        for (std::int32_t i = 0; i < 4; ++i) {
            y[c + i] = finish(a, d, sums.sum[i], c + i, s.in_c);
        }
    }
    for (; c < s.in_c; ++c) {
        const auto sum =
            depthwise_conv2d_ref::window_sum<std::uint32_t>(a, s, window, x + c, d.weights + c);
        y[c] = finish(a, d, static_cast<std::int32_t>(sum), c, s.in_c);
    }
}

/// Output rows [first, last) of all images, one row a tile. multiplier 1, weight_offset 0, offset
/// of x within [-128, 128].
static inline void run_rows(const DepthwiseConv2D& a,
                            const Shape& s,
                            const Data& d,
                            std::uint32_t first,
                            std::uint32_t last) {
    const sliding::Axis rows{a.stride_h, a.pad_top, a.kernel_h, a.dilation_h, s.in_h};
    const sliding::Axis columns{a.stride_w, a.pad_left, a.kernel_w, a.dilation_w, s.in_w};
    for (std::uint32_t row = first; row < last; ++row) {
        const auto image = static_cast<std::size_t>(row / static_cast<std::uint32_t>(s.out_h));
        const auto oy = static_cast<std::int32_t>(row % static_cast<std::uint32_t>(s.out_h));
        const std::int8_t* x = d.x + image * static_cast<std::size_t>(s.in_h) * s.in_row;
        std::int8_t* y = d.y + row * s.out_row;
        const sliding::Taps taps = sliding::clip(rows, oy);
        for (std::int32_t ox = 0; ox < s.out_w; ++ox) {
            run_pixel(a, s, d, {taps, sliding::clip(columns, ox)}, x, y);
            y += s.out_pixel;
        }
    }
}

}  // namespace verge::kernel::depthwise_conv2d_dsp
