#pragma once
// batch_to_space_nd, the truth. Portable C++17.

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "operators/batch_to_space_nd/op.hpp"

namespace verge::kernel::batch_to_space_nd_ref {

struct Sizes {
    std::int32_t in_n;
    std::int32_t in_h;
    std::int32_t in_w;
    std::int32_t out_n;
    std::int32_t out_h;
    std::int32_t out_w;
    std::size_t pixel;  // bytes
};

/// Output rows [first, last) of all images: the pixel at place p of a block comes from input
/// image p * N + the output's image.
static inline void run_rows(const BatchToSpaceNd& a,
                            const Sizes& s,
                            const std::byte* x,
                            std::byte* y,
                            std::uint32_t first,
                            std::uint32_t last) {
    y += std::size_t{first} * static_cast<std::size_t>(s.out_w) * s.pixel;
    for (std::uint32_t i = first; i < last; ++i) {
        const std::int32_t image = static_cast<std::int32_t>(i) / s.out_h;
        const std::int32_t row = static_cast<std::int32_t>(i) % s.out_h + a.crop_top;
        for (std::int32_t j = 0; j < s.out_w; ++j) {
            const std::int32_t column = j + a.crop_left;
            const std::int32_t place = row % a.block_h * a.block_w + column % a.block_w;
            const std::int32_t from_row = (place * s.out_n + image) * s.in_h + row / a.block_h;
            const std::size_t from =
                static_cast<std::size_t>(from_row) * static_cast<std::size_t>(s.in_w) +
                static_cast<std::size_t>(column / a.block_w);
            std::memmove(y, x + from * s.pixel, s.pixel);
            y += s.pixel;
        }
    }
}

}  // namespace verge::kernel::batch_to_space_nd_ref
