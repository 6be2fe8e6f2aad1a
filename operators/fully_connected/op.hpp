#pragma once
// fully_connected: every output is a sum over all inputs of a row, each with its own weight.

#include <cstdint>
#include <type_traits>

namespace verge {

/// Operands: x (any shape, B*I elements), weights [O,I], bias [O] or absent, and for integers
/// requant s32 [2,O] (multipliers, shifts) or [2,1] where all outputs share one.
/// Output: [...,O], B*O elements.
struct FullyConnected {
    std::int32_t input_offset;   // minus the zero point of x
    std::int32_t weight_offset;  // minus the zero point of the weights (uint8)
    std::int32_t output_offset;  // the zero point of the output
    std::int32_t clamp_min;      // of the stored output
    std::int32_t clamp_max;
    std::int32_t rounding;  // enum Rounding
    float float_min;        // of a float output
    float float_max;
};

static_assert(sizeof(FullyConnected) == 32 && std::is_trivially_copyable_v<FullyConnected>);

/// Outputs of one tile: a tile is a block of outputs of one row.
inline constexpr std::uint32_t kFullyConnectedBlock = 16;

}  // namespace verge
