#pragma once
// batch_to_space_nd: images of the batch become pixels of a block of rows and columns.

#include <cstdint>
#include <type_traits>

namespace verge {

/// Operands: x [N * block_h * block_w, H, W, C]. Output: its type, [N,OH,OW,C].
struct BatchToSpaceNd {
    std::int32_t block_h;
    std::int32_t block_w;
    std::int32_t crop_top;
    std::int32_t crop_left;
};

static_assert(sizeof(BatchToSpaceNd) == 16 && std::is_trivially_copyable_v<BatchToSpaceNd>);

}  // namespace verge
