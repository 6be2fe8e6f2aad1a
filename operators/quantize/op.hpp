#pragma once
// quantize: reals to integers, or integers of one scale to integers of another.

#include <cstdint>
#include <type_traits>

namespace verge {

/// Operands: x of f32, s8, u8, s16 or s32, and an integer output of the same shape.
struct Quantize {
    std::int32_t input_offset;   // minus the zero point of an integer input
    std::int32_t output_offset;  // the zero point of the output
    std::int32_t multiplier;     // of an integer input: its scale / the output's scale
    std::int32_t shift;
    float scale;  // of the output, for a float input
};

static_assert(sizeof(Quantize) == 20 && std::is_trivially_copyable_v<Quantize>);

}  // namespace verge
