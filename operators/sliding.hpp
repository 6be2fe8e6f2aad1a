#pragma once
// What depthwise convolution and pooling share: which taps of a window lie inside the input, and
// how far an output may lie over its input when every channel is its own. Freestanding, C++17.

#include <cstddef>
#include <cstdint>

#include "plan/plan.hpp"

namespace verge::sliding {

/// One axis of a sliding window.
struct Axis {
    std::int32_t stride;
    std::int32_t pad;
    std::int32_t kernel;
    std::int32_t dilation;
    std::int32_t size;  // of the input
};

/// Taps [first, last) read inside; tap t reads position origin + t * dilation.
struct Taps {
    std::int32_t first;
    std::int32_t last;
    std::int32_t origin;
};

/// How many steps of `dilation` it takes to cover `distance` >= 0. Small windows need no division,
/// which the smallest cores do in software.
[[nodiscard, gnu::noinline]] static inline std::int32_t taps_within(std::int32_t distance,
                                                                    std::int32_t dilation) {
    return dilation == 1 ? distance : (distance + dilation - 1) / dilation;
}

/// Precondition: check::is_window(), so that nothing overflows; then nor does `reach - origin`.
[[nodiscard]] inline Taps clip(const Axis& a, std::int32_t output) {
    Taps taps{0, a.kernel, output * a.stride - a.pad};
    if (taps.origin < 0) {
        const std::int32_t before = taps_within(-taps.origin, a.dilation);
        taps.first = before < a.kernel ? before : a.kernel;
    }
    const std::int32_t reach = taps.origin + (a.kernel - 1) * a.dilation;
    if (reach >= a.size) {
        const std::int32_t inside =
            taps.origin < a.size ? taps_within(a.size - taps.origin, a.dilation) : 0;
        taps.last = inside > taps.first ? inside : taps.first;
    }
    return taps;
}

/// The first position that output `output` may read.
[[nodiscard]] inline std::int64_t first_read(const Axis& a, std::int64_t output) {
    const std::int64_t origin = output * a.stride - a.pad;
    const std::int64_t inside = origin < 0 ? 0 : origin;
    return inside < a.size ? inside : std::int64_t{a.size} - 1;
}

/// The smallest d in bytes such that an output that starts d below x is right when pixels are made
/// in ascending order and channels one by one, output channel o from input channel
/// o / multiplier alone. Dense tensors of one image with elements of one size; x has data.
/// With W the byte behind what was written and R the first byte that is still read: max of W - R.
[[nodiscard]] inline std::int64_t channelwise_distance(const plan::Tensor& x,
                                                       const plan::Tensor& y,
                                                       const Axis& rows,
                                                       const Axis& columns) {
    const std::int64_t element = plan::element_bytes(x.type);
    const auto channels = static_cast<std::int64_t>(x.dims[3]);
    const auto outputs = static_cast<std::int64_t>(y.dims[3]);
    // Behind all but the last channel of a pixel, its own window is still read.
    const std::int64_t inside = outputs > 1 ? (outputs - channels) * element : INT64_MIN / 2;
    std::int64_t distance = 0;
    for (std::int64_t oy = 0; oy < y.dims[1]; ++oy) {
        const std::int64_t row = first_read(rows, oy) * x.row_stride;
        const std::int64_t next_row =
            oy + 1 < y.dims[1] ? first_read(rows, oy + 1) * x.row_stride : INT64_MAX / 2;
        for (std::int64_t ox = 0; ox < y.dims[2]; ++ox) {
            const std::int64_t written = oy * y.row_stride + ox * y.pixel_stride;
            const std::int64_t own = row + first_read(columns, ox) * x.pixel_stride;
            const std::int64_t next =
                ox + 1 < y.dims[2] ? row + first_read(columns, ox + 1) * x.pixel_stride : next_row;
            const std::int64_t later = next < next_row ? next : next_row;
            const std::int64_t within = written + inside - (own < next_row ? own : next_row);
            const std::int64_t behind = written + y.pixel_stride - later;
            distance = within > distance ? within : distance;
            distance = behind > distance ? behind : distance;
        }
    }
    return distance;
}

}  // namespace verge::sliding
