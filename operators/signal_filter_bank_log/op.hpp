#pragma once
// signal_filter_bank_log: the natural logarithm of each channel.

#include <cstdint>
#include <type_traits>

namespace verge {

/// Input: x u32 [N]. Output: s16 [N], output_scale * ln(x << input_correction_bits), at most 32767.
struct SignalFilterBankLog {
    std::int32_t output_scale;           // outputs are in units of 1 / output_scale
    std::int32_t input_correction_bits;  // inputs are shifted left by so many bits first, 0 to 31
};

static_assert(sizeof(SignalFilterBankLog) == 8 &&
              std::is_trivially_copyable_v<SignalFilterBankLog>);

}  // namespace verge
