#pragma once
// Sound as files hold it, whatever the file: interleaved samples between -1 and 1.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/outcome.hpp"

namespace verge::wav {

/// Interleaved frames. Full scale is 1: an integer sample of n bits is divided by 2^(n-1), which is
/// exact up to 24 bits; float files may go beyond.
struct Audio {
    std::uint32_t sample_rate = 0;  // frames a second
    std::uint32_t channels = 1;
    std::vector<float> samples;

    [[nodiscard]] std::size_t frames() const { return samples.size() / channels; }

    bool operator==(const Audio&) const = default;
};

/// Nearest 16-bit sample (halves away from zero), clipped; exact for what came from one. NaN is 0.
[[nodiscard]] std::int16_t to_int16(float sample);

[[nodiscard]] float from_int16(std::int16_t sample);

/// The mean of the channels, frame by frame.
[[nodiscard]] std::vector<float> to_mono(const Audio& audio);

/// What the speech models want: one channel, 16000 samples a second, 16 bits. What already is that
/// comes back bit for bit; other rates go through resample(). Refuses rates that resample()
/// refuses.
[[nodiscard]] Outcome<std::vector<std::int16_t>> to_mono_16k_int16(const Audio& audio);

}  // namespace verge::wav
