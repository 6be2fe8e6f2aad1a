#pragma once
// logistic: 1 / (1 + exp(-x)), element by element. 8-bit tensors run as lookup.

#include <cstdint>
#include <type_traits>

namespace verge {

/// Operands: x f32; or x s16 and table u16 [256]: logistic(i / 24) in units of 2^-16.
/// Output: the type and shape of x; int16 in units of 2^-15.
struct Logistic {
    std::int32_t input_multiplier;  // int16: x * input_multiplier / 2^input_shift counts 1/12288
    std::int32_t input_shift;
};

static_assert(sizeof(Logistic) == 8 && std::is_trivially_copyable_v<Logistic>);

inline constexpr std::uint32_t kLogisticTable = 256;

}  // namespace verge
