#pragma once
// conv2d, the truth: TensorFlow Lite Micro's order of sums and its rounding. Portable C++17.

#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "base/fixed_point.hpp"
#include "operators/conv2d/op.hpp"

namespace verge::kernel::conv2d_ref {

/// Sizes of one call; strides count elements.
struct Shape {
    std::int32_t in_h;
    std::int32_t in_w;
    std::int32_t group_c;  // input channels of a group
    std::int32_t out_h;
    std::int32_t out_w;
    std::int32_t out_c;
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

/// Sum over the window of output pixel (oy, ox), channel o; `x` is the first pixel of the image.
template <typename Sum, typename In, typename Weight>
static inline Sum window_sum(const Conv2D& a,
                             const Shape& s,
                             const In* x,
                             const Weight* w,
                             std::int32_t oy,
                             std::int32_t ox) {
    Sum sum = 0;
    for (std::int32_t ky = 0; ky < a.kernel_h; ++ky) {
        const std::int32_t iy = oy * a.stride_h - a.pad_top + ky * a.dilation_h;
        if (iy < 0 || iy >= s.in_h) {
            continue;
        }
        for (std::int32_t kx = 0; kx < a.kernel_w; ++kx) {
            const std::int32_t ix = ox * a.stride_w - a.pad_left + kx * a.dilation_w;
            if (ix < 0 || ix >= s.in_w) {
                continue;
            }
            const In* pixel = x + static_cast<std::size_t>(iy) * s.in_row +
                              static_cast<std::size_t>(ix) * s.in_pixel;
            const Weight* tap = w + static_cast<std::size_t>(ky * a.kernel_w + kx) *
                                        static_cast<std::size_t>(s.group_c);
            for (std::int32_t c = 0; c < s.group_c; ++c) {
                if constexpr (std::is_floating_point_v<Sum>) {
                    sum += pixel[c] * tap[c];
                } else {
                    sum +=
                        static_cast<Sum>((pixel[c] + a.input_offset) * (tap[c] + a.weight_offset));
                }
            }
        }
    }
    return sum;
}

/// Integers with a 32-bit sum (unsigned: it wraps) and double rounding.
template <typename In, typename Weight>
static inline In requantise32(
    const Conv2D& a, const Shape& s, const Data<In, Weight>& d, std::uint32_t sum, std::int32_t o) {
    const auto* bias = static_cast<const std::int32_t*>(d.bias);
    const std::int32_t total = static_cast<std::int32_t>(
        sum + (bias == nullptr ? 0U : static_cast<std::uint32_t>(bias[o])));
    const std::int32_t scaled = multiply(total, d.requant[o], d.requant[s.out_c + o]);
    return static_cast<In>(clamp(wrapping_add(scaled, a.output_offset), a.clamp_min, a.clamp_max));
}

/// int16 with a 64-bit sum and bias, and one rounding.
template <typename In, typename Weight>
static inline In requantise64(
    const Conv2D& a, const Shape& s, const Data<In, Weight>& d, std::uint64_t sum, std::int32_t o) {
    const auto* bias = static_cast<const std::int64_t*>(d.bias);
    const auto total = static_cast<std::int64_t>(
        sum + (bias == nullptr ? 0U : static_cast<std::uint64_t>(bias[o])));
    const std::int32_t scaled = multiply64(total, d.requant[o], d.requant[s.out_c + o]);
    return static_cast<In>(clamp(wrapping_add(scaled, a.output_offset), a.clamp_min, a.clamp_max));
}

/// Output rows [first, last) of all images, one row a tile.
template <typename Finish, typename Sum, typename In, typename Weight>
static inline void run_rows(const Conv2D& a,
                            const Shape& s,
                            const Data<In, Weight>& d,
                            std::uint32_t first,
                            std::uint32_t last) {
    const std::int32_t group_out = s.out_c / a.groups;
    const auto filter = static_cast<std::size_t>(a.kernel_h * a.kernel_w * s.group_c);
    for (std::uint32_t row = first; row < last; ++row) {
        const auto image = static_cast<std::size_t>(row / static_cast<std::uint32_t>(s.out_h));
        const auto oy = static_cast<std::int32_t>(row % static_cast<std::uint32_t>(s.out_h));
        const In* x = d.x + image * static_cast<std::size_t>(s.in_h) * s.in_row;
        In* y = d.y + row * s.out_row;
        for (std::int32_t ox = 0; ox < s.out_w; ++ox) {
            for (std::int32_t o = 0; o < s.out_c; ++o) {
                const In* group_x = x + static_cast<std::size_t>(o / group_out * s.group_c);
                const Weight* w = d.weights + static_cast<std::size_t>(o) * filter;
                y[o] = Finish::finish(a, s, d, window_sum<Sum>(a, s, group_x, w, oy, ox), o);
            }
            y += s.out_pixel;
        }
    }
}

struct Finish32 {
    template <typename In, typename Weight>
    static In finish(const Conv2D& a,
                     const Shape& s,
                     const Data<In, Weight>& d,
                     std::uint32_t sum,
                     std::int32_t o) {
        return requantise32(a, s, d, sum, o);
    }
};

struct Finish64 {
    template <typename In, typename Weight>
    static In finish(const Conv2D& a,
                     const Shape& s,
                     const Data<In, Weight>& d,
                     std::uint64_t sum,
                     std::int32_t o) {
        return requantise64(a, s, d, sum, o);
    }
};

struct FinishFloat {
    static float finish(
        const Conv2D& a, const Shape&, const Data<float, float>& d, float sum, std::int32_t o) {
        const auto* bias = static_cast<const float*>(d.bias);
        const float total = sum + (bias == nullptr ? 0.0F : bias[o]);
        const float above = total < a.float_min ? a.float_min : total;
        return above > a.float_max ? a.float_max : above;
    }
};

}  // namespace verge::kernel::conv2d_ref
