#pragma once
// The audio front end of the micro_speech models: 16 kHz samples in, one frame of 40 features out
// every 20 ms. All integers; the same bits on a microcontroller and on a host, and those of the
// preprocessor models of TensorFlow Lite Micro.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "signal/fft.hpp"

namespace verge::signal {

inline constexpr std::uint32_t kSampleRateHz = 16000;
inline constexpr std::size_t kWindowSamples = 480;
inline constexpr std::size_t kHopSamples = 320;
inline constexpr std::size_t kFftLength = 512;
inline constexpr std::size_t kSpectrumLines = kFftLength / 2 + 1;
inline constexpr std::size_t kFeatures = 40;

/// One frame. `log` is 64 times a natural logarithm, 0 to about 670; `quantised` is what the int8
/// models take: (256 log + 333) / 666 - 128, limited to int8.
struct FeatureFrame {
    std::array<std::uint16_t, kFeatures> log;
    std::array<std::int8_t, kFeatures> quantised;
};

/// Memory that the front end needs only while it is at work; several may share it when they take
/// turns.
struct FrontendScratch {
    union {
        std::array<std::int16_t, kWindowSamples> windowed;
        std::array<std::uint32_t, kSpectrumLines> energies;
    };

    union {
        std::array<ComplexI16, kSpectrumLines> spectrum;

        struct {
            std::array<std::uint64_t, kFeatures> sums;
            std::array<std::uint32_t, kFeatures> levels;
        } channels;
    };
};

/// What push() did: how many samples it took, and whether that completed a frame.
struct Taken {
    std::size_t samples;
    bool frame;
};

/// The state of one stream: the samples still needed and the noise estimates. Plain data in the
/// caller's memory; start with reset().
struct MicroFrontend {
    std::array<std::int16_t, kWindowSamples> samples;
    std::array<std::uint32_t, kFeatures> noise;
    std::uint32_t filled;

    /// As if no sample had ever come.
    void reset() noexcept;

    /// Takes samples until a frame is complete or `pcm` is used up. The first frame is complete
    /// after 480 samples, each further one after 320. `frame` is written only when Taken::frame is
    /// true. Call again with the rest of the samples until none are left.
    Taken push(std::span<const std::int16_t> pcm,
               FrontendScratch& scratch,
               FeatureFrame& frame) noexcept;
};

static_assert(sizeof(MicroFrontend) == 1124 && sizeof(FrontendScratch) == 2064);

/// The features of one window of kWindowSamples samples; updates `noise`. push() is this and a
/// buffer.
void compute_features(std::span<const std::int16_t> window,
                      std::span<std::uint32_t> noise,
                      FrontendScratch& scratch,
                      FeatureFrame& frame) noexcept;

/// The feature as the int8 models take it.
[[nodiscard]] std::int8_t quantise_feature(std::uint16_t log) noexcept;

}  // namespace verge::signal
