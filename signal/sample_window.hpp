#pragma once
// The buffer that cuts a stream of samples into overlapping windows.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace verge::signal {

inline constexpr std::uint32_t kSampleRateHz = 16000;

/// What a front end's push() did: how many samples it took, and whether that completed a frame.
struct Taken {
    std::size_t samples;
    bool frame;
};

/// Holds up to `Length` samples. Plain data; start with clear().
template <std::size_t Length>
struct SampleWindow {
    std::array<std::int16_t, Length> samples;
    std::uint32_t filled;

    void clear() noexcept { filled = 0; }

    /// Takes samples until the window is full or `pcm` is used up.
    Taken fill(std::span<const std::int16_t> pcm) noexcept {
        const std::size_t wanted = std::min<std::size_t>(pcm.size(), Length - filled);
        std::copy_n(pcm.begin(), wanted, samples.begin() + filled);
        filled += static_cast<std::uint32_t>(wanted);
        return {wanted, filled == Length};
    }

    /// Drops the oldest `hop` samples of a full window. Precondition: hop <= Length.
    void advance(std::size_t hop) noexcept {
        std::copy(samples.begin() + static_cast<std::ptrdiff_t>(hop), samples.end(),
                  samples.begin());
        filled = static_cast<std::uint32_t>(Length - hop);
    }
};

}  // namespace verge::signal
