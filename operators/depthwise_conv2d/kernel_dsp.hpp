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

/// Where the taps of one pixel lie: `rows` rows of `columns` taps, for all channels.
struct Taps {
    const std::int8_t* x;
    const std::int8_t* weights;
    std::size_t x_step;    // from tap to tap
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

/// Sums of four channels, and where the next tap lies.
struct Sums {
    std::int32_t sum0;
    std::int32_t sum1;
    std::int32_t sum2;
    std::int32_t sum3;
    const std::int8_t* x;
    const std::int8_t* weights;
};

/// One tap, its addresses given as operands of LDR.
#define VERGE_TAP(x, w)                           \
    "ldr %[xo], " x                               \
    "\n\t"                                        \
    "ldr %[wo], " w                               \
    "\n\t"                                        \
    "sxtab16 %[xe], %[offset], %[xo]\n\t"         \
    "sxtb16 %[we], %[wo]\n\t"                     \
    "sxtab16 %[xo], %[offset], %[xo], ror #8\n\t" \
    "sxtb16 %[wo], %[wo], ror #8\n\t"             \
    "smlabb %[sum0], %[xe], %[we], %[sum0]\n\t"   \
    "smlatt %[sum2], %[xe], %[we], %[sum2]\n\t"   \
    "smlabb %[sum1], %[xo], %[wo], %[sum1]\n\t"   \
    "smlatt %[sum3], %[xo], %[wo], %[sum3]\n\t"

#define VERGE_SUMS                                                                          \
    [sum0] "+r"(s.sum0), [sum1] "+r"(s.sum1), [sum2] "+r"(s.sum2), [sum3] "+r"(s.sum3),     \
        [x] "+r"(s.x), [w] "+r"(s.weights), [xe] "=&r"(xe), [xo] "=&r"(xo), [we] "=&r"(we), \
        [wo] "=&r"(wo)

/// A row of three taps: 32 instructions for 12 products.
[[gnu::always_inline]] static inline void add_three(Sums& s,
                                                    std::size_t x_step,
                                                    std::size_t channels,
                                                    dsp::Pair offset) {
    dsp::Pair xe = 0;
    dsp::Pair xo = 0;
    dsp::Pair we = 0;
    dsp::Pair wo = 0;
    asm volatile(VERGE_TAP("[%[x]]", "[%[w]]") VERGE_TAP("[%[x], %[xs]]", "[%[w], %[ws]]")
                     VERGE_TAP("[%[x], %[xs], lsl #1]", "[%[w], %[ws], lsl #1]")
                 : VERGE_SUMS
                 : [xs] "r"(x_step), [ws] "r"(channels), [offset] "r"(offset)
                 : "memory");
    s.x += 3 * x_step;
    s.weights += 3 * channels;
}

#undef VERGE_SUMS
#undef VERGE_TAP

/// A row of any length: 14 instructions for 4 products.
[[gnu::always_inline]] static inline void add_taps(
    Sums& s, std::size_t x_step, std::size_t channels, dsp::Pair offset, std::int32_t count) {
    for (; count > 0; --count) {
        const std::int32_t x = dsp::load_four(s.x);
        const std::int32_t w = dsp::load_four(s.weights);
        const dsp::Pair x_even = dsp::even_plus(offset, x);
        const dsp::Pair w_even = dsp::even(w);
        s.sum0 = __smlabb(x_even, w_even, s.sum0);
        s.sum2 = __smlatt(x_even, w_even, s.sum2);
        const dsp::Pair x_odd = dsp::odd_plus(offset, x);
        const dsp::Pair w_odd = dsp::odd(w);
        s.sum1 = __smlabb(x_odd, w_odd, s.sum1);
        s.sum3 = __smlatt(x_odd, w_odd, s.sum3);
        s.x += x_step;
        s.weights += channels;
    }
}

/// How a sum becomes an output.
[[gnu::always_inline]] static inline std::int32_t finish(const DepthwiseConv2D& a,
                                                         std::int32_t sum,
                                                         const std::int32_t* requant,
                                                         std::size_t channels) {
    const std::int32_t scaled = dsp::multiply(sum, requant[0], requant[channels]);
    return clamp(wrapping_add(scaled, a.output_offset), a.clamp_min, a.clamp_max);
}

/// Channels c to c + 3 of one pixel. Not inlined: it needs every register.
[[gnu::noinline]] static void run_four(
    const DepthwiseConv2D& a, const Data& d, const Taps& t, std::size_t c, std::int8_t* y) {
    Sums s{0, 0, 0, 0, t.x + c, t.weights + c};
    if (d.bias != nullptr) {
        const auto* bias = static_cast<const std::int32_t*>(d.bias) + c;
        s.sum0 = bias[0];
        s.sum1 = bias[1];
        s.sum2 = bias[2];
        s.sum3 = bias[3];
    }
    for (std::int32_t rows = t.rows; rows > 0; --rows) {
        if (t.columns == 3) {
            add_three(s, t.x_step, t.channels, t.offset);
        } else {
            add_taps(s, t.x_step, t.channels, t.offset, t.columns);
        }
        s.x += t.x_row;
        s.weights += t.weights_row;
    }
    const std::int32_t* requant = d.requant + c;
    dsp::store_four(
        y + c, finish(a, s.sum0, requant, t.channels), finish(a, s.sum1, requant + 1, t.channels),
        finish(a, s.sum2, requant + 2, t.channels), finish(a, s.sum3, requant + 3, t.channels));
}

/// One channel of one pixel, where fewer than four are left.
static inline void run_one(const DepthwiseConv2D& a,
                           const Shape& s,
                           const Data& d,
                           const Window& window,
                           const std::int8_t* x,
                           std::int32_t c,
                           std::int8_t* y) {
    using namespace depthwise_conv2d_ref;
    const auto sum = window_sum<std::uint32_t>(a, s, window, x + c, d.weights + c);
    y[c] = Finish32::finish(a, d, sum, c, s.in_c);
}

/// One pixel: fours of channels, then those that are left one by one.
static inline void run_pixel(const DepthwiseConv2D& a,
                             const Shape& s,
                             const Data& d,
                             const Window& window,
                             const std::int8_t* x,
                             std::int8_t* y) {
    const bool has_taps =
        window.rows.last > window.rows.first && window.columns.last > window.columns.first;
    const Taps taps =
        has_taps ? taps_of(a, s, window, x, d.weights)
                 : Taps{nullptr, nullptr, 0, 0, static_cast<std::size_t>(s.in_c), 0, 0, 0, 0};
    std::int32_t c = 0;
    for (; c + 4 <= s.in_c; c += 4) {
        run_four(a, d, taps, static_cast<std::size_t>(c), y);
    }
    for (; c < s.in_c; ++c) {
        run_one(a, s, d, window, x, c, y);
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
