#pragma once
// Cuts a long recording into takes of one word and judges each: is it loud enough, not clipped,
// clear of the noise, and of a length that a model can hear. Hosted; no files here.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace verge::spotter {

inline constexpr std::uint32_t kTakeRateHz = 16000;
inline constexpr std::size_t kTakeSamples = kTakeRateHz;  // one second, as the training takes it

/// What a take must be. Levels are in dB below full scale (a square wave at the limits is 0).
struct TakeLimits {
    std::uint32_t least_ms = 150;  // shorter is a click or a breath
    std::uint32_t most_ms = 950;   // longer does not fit into the second that a model hears
    std::uint32_t gap_ms = 250;    // a pause within a word ("s-top") is shorter
    float quietest_db = -42.0F;    // of the loudest 100 ms
    float least_above_noise_db = 12.0F;
    std::size_t most_clipped = 8;  // samples at the limits; room for a single tick
};

enum class TakeFault : std::uint8_t { none, too_short, too_long, quiet, clipped, noisy, cut };

/// One stretch of sound that stands out of the noise.
struct Take {
    std::size_t first = 0;  // samples [first, last) of the recording: the word alone
    std::size_t last = 0;
    float level_db = 0;        // of the loudest 100 ms
    float above_noise_db = 0;  // the same, above the quiet parts of the recording
    std::size_t clipped = 0;   // samples at the limits
    TakeFault fault = TakeFault::none;
};

/// What a recording holds.
struct Takes {
    std::vector<Take> takes;
    float noise_db = 0;    // level of the quiet parts
    float offset = 0;      // mean of all samples, of full scale: a microphone with a DC fault
    bool is_flat = false;  // every sample is the same: a dead or muted microphone
};

/// `samples` are 16 kHz mono; a constant offset is ignored. Stretches shorter than 40 ms (clicks)
/// are not reported at all.
[[nodiscard]] Takes find_takes(std::span<const std::int16_t> samples, const TakeLimits& limits);

/// One second with the word in its middle, and around it what was around it; zeros where the
/// recording begins or ends sooner.
[[nodiscard]] std::vector<std::int16_t> cut_take(std::span<const std::int16_t> samples,
                                                 const Take& take);

/// "0.08 s long; wanted: at least 0.15 s; ..." for a take that is not to be used; empty otherwise.
[[nodiscard]] std::string explain(const Take& take, const TakeLimits& limits);

}  // namespace verge::spotter
