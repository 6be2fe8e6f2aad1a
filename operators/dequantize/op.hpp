#pragma once
// dequantize: integers, or half-precision floats, to floats.

#include <cstdint>
#include <type_traits>

namespace verge {

/// Operands: x; or x, scales f32 [C] and zero points s32 [C], one of each for every index along
/// `axis`. Output: f32 of the shape of x.
struct Dequantize {
    float scale;  // of the whole tensor, where no scales are operands
    std::int32_t zero_point;
    std::int32_t axis;
};

static_assert(sizeof(Dequantize) == 12 && std::is_trivially_copyable_v<Dequantize>);

}  // namespace verge
