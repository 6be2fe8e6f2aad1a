#pragma once
// What average_pool2d and max_pool2d share: bounds and the walk over rows, pixels and channels.
// Freestanding.

#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "base/fixed_point.hpp"
#include "operators/average_pool2d/op.hpp"
#include "operators/check.hpp"
#include "operators/sliding.hpp"

namespace verge::pooling {

/// Proves that run() stays in bounds.
[[nodiscard]] inline Fault check(const Call& call) {
    if (!check::has_operands(call, 1) || call.input(0).rank != 4 || call.output(0).rank != 4) {
        return check::kBadShapes;
    }
    const plan::Tensor& x = call.input(0);
    const plan::Tensor& y = call.output(0);
    const auto a = call.attributes<Pool2D>();
    if (x.dims[0] != y.dims[0] || x.dims[3] != y.dims[3] || x.dims[1] > 0x7fffffffU ||
        x.dims[2] > 0x7fffffffU) {
        return check::kBadShapes;
    }
    const bool is_sound = check::is_window({y.dims[1], a.stride_h, a.kernel_h, 1, a.pad_top}) &&
                          check::is_window({y.dims[2], a.stride_w, a.kernel_w, 1, a.pad_left});
    return is_sound ? kOk : check::kBadAttributes;
}

/// One row of one image a tile.
[[nodiscard]] inline std::uint32_t tile_count(const Call& call) {
    return call.output(0).dims[0] * call.output(0).dims[1];
}

template <typename T>
[[nodiscard]] inline T clamp_output(const Pool2D& a, T value) {
    if constexpr (std::is_floating_point_v<T>) {
        const T above = value < a.float_min ? a.float_min : value;
        return above > a.float_max ? a.float_max : above;
    } else {
        return static_cast<T>(clamp(value, a.clamp_min, a.clamp_max));
    }
}

/// What a reduction is given: the first element of the window in one channel, and its extent.
template <typename T>
struct Window {
    const T* x;
    std::int32_t rows;
    std::int32_t columns;
    std::size_t row_stride;  // in elements
    std::size_t pixel_stride;
};

/// Each output element is written after all that it reads was read. Reduce: Window<T> -> T.
template <typename T, typename Reduce>
inline void run(const Call& call, Tiles tiles, Reduce reduce) {
    const plan::Tensor& from = call.input(0);
    const plan::Tensor& to = call.output(0);
    const auto a = call.attributes<Pool2D>();
    const sliding::Axis row_axis{a.stride_h, a.pad_top, a.kernel_h, 1,
                                 static_cast<std::int32_t>(from.dims[1])};
    const sliding::Axis column_axis{a.stride_w, a.pad_left, a.kernel_w, 1,
                                    static_cast<std::int32_t>(from.dims[2])};
    const std::size_t row_stride = from.row_stride / sizeof(T);
    const std::size_t pixel_stride = from.pixel_stride / sizeof(T);
    for (std::uint32_t row = tiles.first; row < tiles.last; ++row) {
        const T* image = call.in<T>(0) + row / to.dims[1] * from.dims[1] * row_stride;
        T* y = call.out<T>(0) + row * (to.row_stride / sizeof(T));
        const sliding::Taps rows =
            sliding::clip(row_axis, static_cast<std::int32_t>(row % to.dims[1]));
        for (std::uint32_t ox = 0; ox < to.dims[2]; ++ox, y += to.pixel_stride / sizeof(T)) {
            const sliding::Taps columns = sliding::clip(column_axis, static_cast<std::int32_t>(ox));
            Window<T> window{image, rows.last - rows.first, columns.last - columns.first,
                             row_stride, pixel_stride};
            if (window.rows > 0 && window.columns > 0) {
                window.x += static_cast<std::size_t>(rows.origin + rows.first) * row_stride +
                            static_cast<std::size_t>(columns.origin + columns.first) * pixel_stride;
            }
            for (std::uint32_t c = 0; c < to.dims[3]; ++c, ++window.x) {
                y[c] = clamp_output(a, reduce(window));
            }
        }
    }
}

}  // namespace verge::pooling
