#pragma once
// Another sample rate, by a windowed-sinc filter evaluated at each output sample's own time.

#include <cstdint>
#include <vector>

#include "base/outcome.hpp"

namespace verge::wav {

/// Both in samples a second.
struct Rates {
    std::uint32_t from;
    std::uint32_t to;
};

inline constexpr std::uint32_t kLeastRate = 1000;
inline constexpr std::uint32_t kMostRate = 768000;

/// ceil(samples * to / from) samples; output k is the input at time k / to, without delay; silence
/// is assumed before and after. Equal rates return the input untouched. Refuses rates outside
/// [kLeastRate, kMostRate].
///
/// Quality (resample_test.cpp measures it): up to 0.9 of the lower Nyquist frequency the gain is
/// within 0.01 dB; images and aliases of what lies above it are below -80 dB. Kernel: 64 zero
/// crossings a side under a Kaiser window (beta 9), tabulated 512 times a crossing and interpolated
/// linearly, as in J. O. Smith, "Digital Audio Resampling" (CCRMA, Stanford).
[[nodiscard]] Outcome<std::vector<float>> resample(std::vector<float> samples, Rates rates);

}  // namespace verge::wav
