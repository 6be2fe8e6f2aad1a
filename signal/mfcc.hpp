#pragma once
// Mel-frequency cepstral coefficients as the keyword model of MLPerf Tiny takes them: 16 kHz
// samples in, 10 coefficients out every 20 ms. The definition is that of TensorFlow's tf.signal
// (stft, linear_to_mel_weight_matrix, mfccs_from_log_mel_spectrograms) in the training code of
// mlcommons/tiny; here in integers, the same bits everywhere.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "signal/feature_source.hpp"
#include "signal/fft.hpp"
#include "signal/sample_window.hpp"

namespace verge::signal {

inline constexpr std::size_t kMfccWindow = 480;
inline constexpr std::size_t kMfccHop = 320;
inline constexpr std::size_t kMfccFftLength = 512;
inline constexpr std::size_t kMfccChannels = 40;
inline constexpr std::size_t kMfccCoefficients = 10;
inline constexpr std::size_t kMfccLines = 129;  // up to 4000 Hz

/// Memory that is needed only while push() runs.
struct MfccScratch {
    union {
        std::array<ComplexI32, kMfccFftLength / 2 + 1> spectrum;
        std::array<std::uint64_t, kMfccChannels> sums;
    };

    std::array<std::uint32_t, kMfccLines> lines;
};

/// The state of one stream. Plain data in the caller's memory; start with reset().
struct Mfcc {
    SampleWindow<kMfccWindow> window;

    void reset() noexcept { window.clear(); }

    /// Takes samples until a frame is complete or `pcm` is used up. The first frame is complete
    /// after 480 samples, each further one after 320.
    Taken push(std::span<const std::int16_t> pcm,
               MfccScratch& scratch,
               FeatureVector& frame) noexcept;
};

/// The coefficients of one window of kMfccWindow samples, in steps of 1/256, of samples that reach
/// from -1 to 1; and its peak.
void compute_mfcc(std::span<const std::int16_t> window,
                  MfccScratch& scratch,
                  FeatureVector& frame) noexcept;

/// Coefficient 0 as it were with all samples multiplied by 32768 / peak. The training code divides
/// each clip by its largest sample, and only coefficient 0 feels a factor. Digital silence stays.
[[nodiscard]] std::int16_t normalise_loudness(std::int16_t coefficient0,
                                              std::int16_t peak) noexcept;

inline constexpr FeatureSource kMfcc = {.window_samples = kMfccWindow,
                                        .hop_samples = kMfccHop,
                                        .features = kMfccCoefficients,
                                        .state_bytes = sizeof(Mfcc),
                                        .scratch_bytes = sizeof(MfccScratch),
                                        .unit = 1.0F / 256,
                                        .fixed = {},
                                        .reset = detail::reset_state<Mfcc>,
                                        .push = detail::push_samples<Mfcc, MfccScratch>,
                                        .normalise = normalise_loudness};

}  // namespace verge::signal
