#pragma once
// floor_mod: the remainder of a division that rounds down.

#include <cstdint>
#include <type_traits>

namespace verge {

/// Operands: two inputs that broadcast and an output, all s32 or all f32.
struct FloorMod {
    std::int32_t reserved;  // 0
};

static_assert(sizeof(FloorMod) == 4 && std::is_trivially_copyable_v<FloorMod>);

}  // namespace verge
