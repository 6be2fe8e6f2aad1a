#pragma once
// softmax: exp(beta x) over the last axis, divided by its sum.

#include <cstdint>
#include <type_traits>

namespace verge {

/// Operands: x [...,C]; for int16 also the tables exp s16 [513] (exp(v) for v in [-10,0]) and
/// reciprocal s16 [513] (1/(1+v) for v in [0,1]). Output: as x; int8 may give int16.
struct Softmax {
    float beta;                     // float32
    std::int32_t input_multiplier;  // integers: scale * beta as a multiplier
    std::int32_t input_shift;
    std::int32_t diff_min;  // 8 bits: what lies further below the greatest element counts as 0
};

static_assert(sizeof(Softmax) == 16 && std::is_trivially_copyable_v<Softmax>);

/// Entries of an int16 table with interpolation: 512 steps of 128, and the end of the last.
inline constexpr std::uint32_t kSoftmaxTable = 513;

}  // namespace verge
