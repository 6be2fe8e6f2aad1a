#pragma once
// space_to_batch_nd, the truth. Portable C++17.

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "operators/space_to_batch_nd/op.hpp"

namespace verge::kernel::space_to_batch_nd_ref {

struct Sizes {
    std::int32_t in_n;
    std::int32_t in_h;
    std::int32_t in_w;
    std::int32_t out_n;
    std::int32_t out_h;
    std::int32_t out_w;
    std::size_t pixel;  // bytes
};

/// Output rows [first, last) of all images. Output image b shows the pixels of input image
/// b mod N that lie at place b / N of each block.
static inline void run_rows(const SpaceToBatchNd& a,
                            const Sizes& s,
                            const std::byte* x,
                            std::byte* y,
                            std::uint32_t first,
                            std::uint32_t last) {
    y += std::size_t{first} * static_cast<std::size_t>(s.out_w) * s.pixel;
    for (std::uint32_t i = first; i < last; ++i) {
        const std::int32_t image = static_cast<std::int32_t>(i) / s.out_h;
        const std::int32_t place = image / s.in_n;
        const std::int32_t row =
            static_cast<std::int32_t>(i) % s.out_h * a.block_h + place / a.block_w - a.pad_top;
        for (std::int32_t j = 0; j < s.out_w; ++j) {
            const std::int32_t column = j * a.block_w + place % a.block_w - a.pad_left;
            if (row < 0 || row >= s.in_h || column < 0 || column >= s.in_w) {
                std::memset(y, a.pad_value, s.pixel);
            } else {
                const std::int32_t from_row = image % s.in_n * s.in_h + row;
                const std::size_t from =
                    static_cast<std::size_t>(from_row) * static_cast<std::size_t>(s.in_w) +
                    static_cast<std::size_t>(column);
                std::memmove(y, x + from * s.pixel, s.pixel);
            }
            y += s.pixel;
        }
    }
}

}  // namespace verge::kernel::space_to_batch_nd_ref
