#pragma once
// Log-mel energies as the streaming wake word model of MLPerf Tiny takes them: 16 kHz samples in,
// 40 features out every 32 ms. The definition is that of the training code of mlcommons/tiny
// (pre-emphasis, tf.signal.stft with a Hamming window, linear_to_mel_weight_matrix over powers, 10
// log10, limited to 0..1); here in integers, the same bits everywhere.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "signal/feature_source.hpp"
#include "signal/fft.hpp"
#include "signal/sample_window.hpp"

namespace verge::signal {

inline constexpr std::size_t kLogMelWindow = 1024;  // also the length of the transform
inline constexpr std::size_t kLogMelHop = 512;
inline constexpr std::size_t kLogMelChannels = 40;

/// Memory that is needed only while push() runs.
struct LogMelScratch {
    std::array<ComplexI32, kLogMelWindow / 2 + 1> spectrum;
    std::array<std::uint32_t, kLogMelWindow / 2 + 1> energies;
    std::array<std::uint64_t, kLogMelChannels> sums;
};

/// The state of one stream. Plain data in the caller's memory; start with reset().
struct LogMel {
    SampleWindow<kLogMelWindow> window;
    std::int16_t before;  // the sample before the window, for the pre-emphasis

    void reset() noexcept {
        window.clear();
        before = 0;
    }

    /// Takes samples until a frame is complete or `pcm` is used up. The first frame is complete
    /// after 1024 samples, each further one after 512.
    Taken push(std::span<const std::int16_t> pcm,
               LogMelScratch& scratch,
               FeatureVector& frame) noexcept;
};

/// The features of one window of kLogMelWindow samples that follow the sample `before`:
/// (10 log10(power) + 52) / 64, limited to 0..1, in steps of 2^-14.
void compute_log_mel(std::span<const std::int16_t> window,
                     std::int16_t before,
                     LogMelScratch& scratch,
                     FeatureVector& frame) noexcept;

inline constexpr FeatureSource kLogMel = {.window_samples = kLogMelWindow,
                                          .hop_samples = kLogMelHop,
                                          .features = kLogMelChannels,
                                          .state_bytes = sizeof(LogMel),
                                          .scratch_bytes = sizeof(LogMelScratch),
                                          .unit = 1.0F / 16384,
                                          .fixed = {},
                                          .reset = detail::reset_state<LogMel>,
                                          .push = detail::push_samples<LogMel, LogMelScratch>,
                                          .normalise = nullptr};

}  // namespace verge::signal
