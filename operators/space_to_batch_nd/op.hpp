#pragma once
// space_to_batch_nd: pixels of a block of rows and columns become images of the batch.

#include <cstdint>
#include <type_traits>

namespace verge {

/// Operands: x [N,H,W,C]. Output: its type, [N * block_h * block_w, OH, OW, C].
struct SpaceToBatchNd {
    std::int32_t block_h;
    std::int32_t block_w;
    std::int32_t pad_top;
    std::int32_t pad_left;
    std::int32_t pad_value;  // the byte that fills; 0 for all but 8-bit types
};

static_assert(sizeof(SpaceToBatchNd) == 20 && std::is_trivially_copyable_v<SpaceToBatchNd>);

}  // namespace verge
