#pragma once
// pad, the truth. C++17.

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "operators/pad/op.hpp"
#include "plan/plan.hpp"

namespace verge::kernel::pad_ref {

/// Fills [first, last) elements of `width` bytes.
static inline void fill(
    std::byte* y, std::size_t first, std::size_t last, const Pad& a, std::size_t width) {
    for (std::size_t i = first; i < last; ++i) {
        std::memcpy(y + i * width, a.value, width);
    }
}

/// The row of x that output row `row` holds; a number beyond all rows when it is padding alone.
static inline std::uint32_t source_row(const plan::Tensor& x,
                                       const plan::Tensor& y,
                                       const Pad& a,
                                       std::uint32_t row) {
    std::uint32_t source = 0;
    std::uint32_t scale = 1;
    for (std::uint32_t i = x.rank - 1U; i-- > 0;) {
        const std::uint32_t at =
            row % y.dims[i] - static_cast<std::uint32_t>(a.before[i]);  // may wrap around
        if (at >= x.dims[i]) {
            return UINT32_MAX;
        }
        source += at * scale;
        scale *= x.dims[i];
        row /= y.dims[i];
    }
    return source;
}

/// Rows [first, last). A row moves before what is around it is filled: it may lie over its source.
static inline void run(const Pad& a,
                       const plan::Tensor& x,
                       const plan::Tensor& y,
                       const std::byte* from,
                       std::byte* to,
                       std::uint32_t first,
                       std::uint32_t last) {
    const std::size_t width = plan::element_bytes(x.type);
    const std::size_t in_row = x.dims[x.rank - 1U];
    const std::size_t out_row = y.dims[y.rank - 1U];
    const auto before = static_cast<std::size_t>(a.before[x.rank - 1U]);
    for (std::uint32_t row = first; row < last; ++row) {
        std::byte* out = to + row * out_row * width;
        const std::uint32_t source = source_row(x, y, a, row);
        if (source == UINT32_MAX) {
            fill(out, 0, out_row, a, width);
            continue;
        }
        std::memmove(out + before * width, from + source * in_row * width, in_row * width);
        fill(out, 0, before, a, width);
        fill(out, before + in_row, out_row, a, width);
    }
}

}  // namespace verge::kernel::pad_ref
