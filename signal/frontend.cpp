// The chain of the micro_speech front end with its constants.

#include "signal/frontend.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "signal/energy.hpp"
#include "signal/filter_bank.hpp"
#include "signal/log.hpp"
#include "signal/mel.hpp"
#include "signal/pcan.hpp"
#include "signal/spectral_subtraction.hpp"
#include "signal/square_root.hpp"
#include "signal/window.hpp"

namespace verge::signal {
namespace {

constexpr int kWindowBits = 12;
constexpr int kCorrectionBits = 3;  // log2(kFftLength) less half of the 12 bits of the mel weights
constexpr int kNoiseBits = 10;
constexpr int kGainBits = 21;
constexpr int kSnrShift = kGainBits - kCorrectionBits - 12;
constexpr std::uint32_t kLogScale = 64;

constexpr auto kWindow = hann_half<kWindowSamples>(kWindowBits);
constexpr auto kMel = mel_tables<MelSpec{.channels = kFeatures,
                                         .sample_rate_hz = kSampleRateHz,
                                         .spectrum_size = kSpectrumLines,
                                         .low_hz = 125,
                                         .high_hz = 7500,
                                         .alignment = 1,
                                         .block = 1}>();
constexpr GainTable kGain = gain_table({.strength = 0.95F,
                                        .offset = 80.0F,
                                        .gain_bits = kGainBits,
                                        .input_bits = kNoiseBits - kCorrectionBits});

// Smoothing 0.025 for even channels and 0.06 for odd ones; 0.05 of the signal always remains.
constexpr SpectralSubtraction kNoise{.smoothing = 409,
                                     .one_minus_smoothing = 16384 - 409,
                                     .alternate_smoothing = 983,
                                     .alternate_one_minus_smoothing = 16384 - 983,
                                     .min_signal_remaining = 819,
                                     .smoothing_bits = kNoiseBits,
                                     .spectral_subtraction_bits = 14,
                                     .clamping = false};

/// From samples to the root of each channel's energy, in scratch.channels.levels.
void measure_channels(std::span<const std::int16_t> window, FrontendScratch& scratch) {
    apply_symmetric_window(window, kWindow, kWindowBits, scratch.windowed);
    const int shift = auto_scale(scratch.windowed, scratch.windowed);
    rfft(scratch.windowed, kQuarterSine<kFftLength>, scratch.spectrum);
    energy(scratch.spectrum, kMel.first_line, kMel.end_line, scratch.energies);
    accumulate_channels(kMel.bank(), scratch.energies, scratch.channels.sums);
    channel_square_roots(scratch.channels.sums, shift, scratch.channels.levels);
}

}  // namespace

std::int8_t quantise_feature(std::uint16_t log) noexcept {
    const std::int32_t scaled = (std::int32_t{log} * 256 + 333) / 666 - 128;
    return static_cast<std::int8_t>(std::min<std::int32_t>(scaled, INT8_MAX));
}

void compute_features(std::span<const std::int16_t> window,
                      std::span<std::uint32_t> noise,
                      FrontendScratch& scratch,
                      FeatureFrame& frame) noexcept {
    measure_channels(window, scratch);
    const std::span<std::uint32_t> levels = scratch.channels.levels;
    subtract_noise(kNoise, levels, noise, levels);
    normalise_amplitude(levels, noise, kGain, kSnrShift, levels);
    std::array<std::int16_t, kFeatures> logs;
    channel_logs(levels, kLogScale, kCorrectionBits, logs);
    for (std::size_t i = 0; i < kFeatures; ++i) {
        frame.log[i] = static_cast<std::uint16_t>(logs[i]);
        frame.quantised[i] = quantise_feature(frame.log[i]);
    }
}

void MicroFrontend::reset(std::uint32_t hop_samples) noexcept {
    window.clear();
    noise.fill(0);
    hop = hop_samples;
}

Taken MicroFrontend::push(std::span<const std::int16_t> pcm,
                          FrontendScratch& scratch,
                          FeatureFrame& frame) noexcept {
    const Taken taken = window.fill(pcm);
    if (taken.frame) {
        compute_features(window.samples, noise, scratch, frame);
        window.advance(hop);
    }
    return taken;
}

void reset_micro_20ms(std::byte* state) noexcept {
    reinterpret_cast<MicroFrontend*>(state)->reset(kHopSamples);
}

void reset_micro_10ms(std::byte* state) noexcept {
    reinterpret_cast<MicroFrontend*>(state)->reset(kShortHopSamples);
}

Taken push_micro(std::byte* state,
                 std::span<const std::int16_t> pcm,
                 std::byte* scratch,
                 FeatureVector& frame) noexcept {
    FeatureFrame features;
    const Taken taken = reinterpret_cast<MicroFrontend*>(state)->push(
        pcm, *reinterpret_cast<FrontendScratch*>(scratch), features);
    if (taken.frame) {
        for (std::size_t i = 0; i < kFeatures; ++i) {
            frame.values[i] = static_cast<std::int16_t>(features.log[i]);
        }
        frame.peak = 0;
    }
    return taken;
}

}  // namespace verge::signal
