#pragma once
// The audio front end of the micro_speech models: 16 kHz samples in, one frame of 40 features out
// every 20 ms, or at another hop. All integers; the same bits on a microcontroller and on a host,
// and those of the preprocessor models of TensorFlow Lite Micro.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "signal/feature_source.hpp"
#include "signal/fft.hpp"
#include "signal/sample_window.hpp"

namespace verge::signal {

inline constexpr std::size_t kWindowSamples = 480;
inline constexpr std::size_t kHopSamples = 320;       // of micro_speech
inline constexpr std::size_t kShortHopSamples = 160;  // of microWakeWord, version 2
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

/// The state of one stream: the samples still needed and the noise estimates. Plain data in the
/// caller's memory; start with reset().
struct MicroFrontend {
    SampleWindow<kWindowSamples> window;
    std::array<std::uint32_t, kFeatures> noise;
    std::uint32_t hop;

    /// As if no sample had ever come. Precondition: 0 < hop_samples <= kWindowSamples.
    void reset(std::uint32_t hop_samples = kHopSamples) noexcept;

    /// Takes samples until a frame is complete or `pcm` is used up. The first frame is complete
    /// after 480 samples, each further one after a hop. `frame` is written only when Taken::frame
    /// is true. Call again with the rest of the samples until none are left.
    Taken push(std::span<const std::int16_t> pcm,
               FrontendScratch& scratch,
               FeatureFrame& frame) noexcept;
};

static_assert(sizeof(MicroFrontend) == 1128 && sizeof(FrontendScratch) == 2064);

/// The features of one window of kWindowSamples samples; updates `noise`. push() is this and a
/// buffer.
void compute_features(std::span<const std::int16_t> window,
                      std::span<std::uint32_t> noise,
                      FrontendScratch& scratch,
                      FeatureFrame& frame) noexcept;

/// The front end as a table: at 20 ms, and at 10 ms. Values are FeatureFrame::log; the int8 models
/// of both take (256 log + 333) / 666 - 128, whatever scale they state (26/255 or near it).
void reset_micro_20ms(std::byte* state) noexcept;
void reset_micro_10ms(std::byte* state) noexcept;
Taken push_micro(std::byte* state,
                 std::span<const std::int16_t> pcm,
                 std::byte* scratch,
                 FeatureVector& frame) noexcept;

inline constexpr FeatureScale kMicroScale = {
    .multiplier = 25795599, .shift = 26, .zero_point = -128};

inline constexpr FeatureSource kMicroFrontend20ms = {.window_samples = kWindowSamples,
                                                     .hop_samples = kHopSamples,
                                                     .features = kFeatures,
                                                     .state_bytes = sizeof(MicroFrontend),
                                                     .scratch_bytes = sizeof(FrontendScratch),
                                                     .unit = 26.0F / 666,
                                                     .fixed = kMicroScale,
                                                     .reset = reset_micro_20ms,
                                                     .push = push_micro,
                                                     .normalise = nullptr};

inline constexpr FeatureSource kMicroFrontend10ms = {.window_samples = kWindowSamples,
                                                     .hop_samples = kShortHopSamples,
                                                     .features = kFeatures,
                                                     .state_bytes = sizeof(MicroFrontend),
                                                     .scratch_bytes = sizeof(FrontendScratch),
                                                     .unit = 26.0F / 666,
                                                     .fixed = kMicroScale,
                                                     .reset = reset_micro_10ms,
                                                     .push = push_micro,
                                                     .normalise = nullptr};

/// The feature as the int8 models take it.
[[nodiscard]] std::int8_t quantise_feature(std::uint16_t log) noexcept;

}  // namespace verge::signal
