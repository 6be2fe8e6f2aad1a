#pragma once
// conv2d: how far an output may lie over its input when pixels are made in ascending order. Holds
// for the reference, and for every kernel that gathers the windows of some neighbouring pixels
// before it writes them: what is then still read lies no lower.

#include <cstddef>
#include <cstdint>
#include <optional>

#include "operators/conv2d/op.hpp"
#include "operators/kernel.hpp"
#include "operators/sliding.hpp"

namespace verge::conv2d_layout {

/// Pixel u may be written where no later pixel, nor the rest of u, reads. With R(u) the first byte
/// that u or a later pixel reads and W(u) the first byte behind what u writes: max of W(u) - R(u).
[[nodiscard]] inline std::optional<std::int64_t> overlap(const Call& call, std::size_t input) {
    const plan::Tensor& x = call.input(0);
    const plan::Tensor& y = call.output(0);
    if (input != 0 || x.dims[0] != 1 || !plan::is_dense(x) || !plan::is_dense(y)) {
        return std::nullopt;
    }
    const auto a = call.attributes<Conv2D>();
    const sliding::Axis rows{a.stride_h, a.pad_top, 0, 0, static_cast<std::int32_t>(x.dims[1])};
    const sliding::Axis columns{a.stride_w, a.pad_left, 0, 0, static_cast<std::int32_t>(x.dims[2])};
    std::int64_t distance = 0;
    // Later rows read from their own first tap on, at column 0: the smallest of all later reads.
    for (std::int64_t oy = 0; oy < y.dims[1]; ++oy) {
        const std::int64_t row = sliding::first_read(rows, oy) * x.row_stride;
        const std::int64_t next_row =
            oy + 1 < y.dims[1] ? sliding::first_read(rows, oy + 1) * x.row_stride : INT64_MAX;
        for (std::int64_t ox = 0; ox < y.dims[2]; ++ox) {
            const std::int64_t own = row + sliding::first_read(columns, ox) * x.pixel_stride;
            const std::int64_t read = own < next_row ? own : next_row;
            const std::int64_t written = oy * y.row_stride + (ox + 1) * y.pixel_stride;
            distance = written - read > distance ? written - read : distance;
        }
    }
    return distance;
}

}  // namespace verge::conv2d_layout
