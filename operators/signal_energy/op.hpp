#pragma once
// signal_energy: the energy of each spectral line.

#include <cstdint>
#include <type_traits>

namespace verge {

/// Input: spectrum s16 [2 N], pairs of real and imaginary part. Output: u32 [N], real^2 + imag^2.
struct SignalEnergy {
    std::int32_t first;  // the first spectral line that counts
    std::int32_t end;    // one behind the last; the other lines become 0
};

static_assert(sizeof(SignalEnergy) == 8 && std::is_trivially_copyable_v<SignalEnergy>);

}  // namespace verge
