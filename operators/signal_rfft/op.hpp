#pragma once
// signal_rfft: the Fourier transform of real int16 samples.

#include <cstdint>
#include <type_traits>

namespace verge {

/// Inputs: x s16 [..,N], of which at most `length` samples of a row count and what is missing is
/// zero, and a quarter of a sine, s16 [length/4 + 1], constant. Output: s16 [..,length + 2], pairs
/// of real and imaginary part.
struct SignalRfft {
    std::int32_t length;  // of the transform: a power of two, 4 to 2^20
};

static_assert(sizeof(SignalRfft) == 4 && std::is_trivially_copyable_v<SignalRfft>);

}  // namespace verge
