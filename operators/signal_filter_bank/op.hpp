#pragma once
// signal_filter_bank: gathers spectral lines into overlapping channels.

#include <cstdint>
#include <type_traits>

namespace verge {

/// Inputs: energies u32 [N]; constants s16: weights [W], unweights [W], and for each of the C + 1
/// stretches between the centres of neighbouring channels its first line, its first weight and how
/// many lines it has, [C + 1] each. Output: u64 [C].
struct SignalFilterBank {
    std::int32_t reserved;  // zero
};

static_assert(sizeof(SignalFilterBank) == 4 && std::is_trivially_copyable_v<SignalFilterBank>);

}  // namespace verge
