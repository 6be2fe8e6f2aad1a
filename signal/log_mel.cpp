// Pre-emphasis, window, transform, energies, mel channels, logarithm.

#include "signal/log_mel.hpp"

#include <algorithm>
#include <bit>

#include "signal/constant_math.hpp"
#include "signal/energy.hpp"
#include "signal/filter_bank.hpp"
#include "signal/log.hpp"
#include "signal/mel.hpp"
#include "signal/window.hpp"

namespace verge::signal {
namespace {

constexpr int kEmphasisBits = 5;  // x - (1 - 2^-5) times the sample before
constexpr int kSampleBits = 3;    // after the point; 63 / 32 * 553 * 2^15 * 2^3 < 2^29
constexpr int kWeightBits = 12;
constexpr int kOutputBits = 14;

constexpr auto kWindow = hamming_half<kLogMelWindow>();
constexpr auto kMel = mel_tables<MelSpec{.channels = kLogMelChannels,
                                         .sample_rate_hz = kSampleRateHz,
                                         .spectrum_size = kLogMelWindow / 2 + 1,
                                         .low_hz = 0,
                                         .high_hz = 8000,
                                         .alignment = 1,
                                         .block = 1}>();

/// log2 of what 1.0 becomes: the square of a line, the weights, and the division by the window's
/// 2^10 samples.
constexpr std::int32_t kOneBits = 2 * (15 + kSampleBits) + kWeightBits + 10;
/// 10 log10(2) / 64 in the output's steps for one of 2^-10 of log2, times 2^14.
constexpr std::int32_t kSlope = constant::nearest(10 * constant::kLn2 / 2.302585092994046 / 64 *
                                                  (1 << (kOutputBits - 10)) * (1 << 14));
constexpr std::int32_t kOffset = 52 * (1 << kOutputBits) / 64;

void load(std::span<const std::int16_t> window,
          std::int16_t before,
          std::span<ComplexI32> spectrum) {
    const auto weighted = [&](std::uint32_t i) -> std::int32_t {
        const std::int32_t last = i == 0 ? before : window[i - 1];
        const std::int32_t emphasised =
            window[i] * (1 << kEmphasisBits) - last * ((1 << kEmphasisBits) - 1);
        const std::int32_t weight = kWindow[std::min<std::uint32_t>(i, kLogMelWindow - 1 - i)];
        return scale_q15(emphasised, weight) >> (kEmphasisBits - kSampleBits);
    };
    for (std::uint32_t i = 0; i < kLogMelWindow / 2; ++i) {
        const std::uint32_t source = 2 * rfft_source(i, kLogMelWindow / 2);
        spectrum[i] = {weighted(source), weighted(source + 1)};
    }
}

/// By how many bits all lines must be shifted to fit into 15.
int excess_bits(std::span<const ComplexI32> spectrum) {
    std::uint32_t all = 0;
    for (const ComplexI32& line : spectrum) {
        all |= static_cast<std::uint32_t>(line.real ^ (line.real >> 31)) |
               static_cast<std::uint32_t>(line.imag ^ (line.imag >> 31));
    }
    return std::max(0, static_cast<int>(std::bit_width(all)) - 15);
}

}  // namespace

void compute_log_mel(std::span<const std::int16_t> window,
                     std::int16_t before,
                     LogMelScratch& scratch,
                     FeatureVector& frame) noexcept {
    load(window, before, scratch.spectrum);
    rfft_placed(scratch.spectrum, kQuarterSine<kLogMelWindow>);
    const int shift = excess_bits(scratch.spectrum);
    energy(scratch.spectrum, shift, kMel.first_line, kMel.end_line, scratch.energies);
    accumulate_channels(kMel.bank(), scratch.energies, scratch.sums);
    for (std::size_t i = 0; i < kLogMelChannels; ++i) {
        std::int32_t value = 0;
        if (scratch.sums[i] != 0) {
            const std::int32_t bits =
                log2_q16(scratch.sums[i]) + (2 * shift - kOneBits) * (1 << 16);
            value = (((bits >> 6) * kSlope) >> 14) + kOffset;
        }
        frame.values[i] =
            static_cast<std::int16_t>(std::clamp<std::int32_t>(value, 0, 1 << kOutputBits));
    }
    frame.peak = 0;
}

Taken LogMel::push(std::span<const std::int16_t> pcm,
                   LogMelScratch& scratch,
                   FeatureVector& frame) noexcept {
    const Taken taken = window.fill(pcm);
    if (taken.frame) {
        compute_log_mel(window.samples, before, scratch, frame);
        before = window.samples[kLogMelHop - 1];
        window.advance(kLogMelHop);
    }
    return taken;
}

}  // namespace verge::signal
