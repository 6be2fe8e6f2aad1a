// Window, transform, magnitudes, mel channels, logarithm, cosine transform. Samples get 6 bits
// after the point before the transform, so that weak lines keep their logarithm.

#include "signal/mfcc.hpp"

#include <algorithm>

#include "signal/constant_math.hpp"
#include "signal/filter_bank.hpp"
#include "signal/log.hpp"
#include "signal/mel.hpp"
#include "signal/square_root.hpp"
#include "signal/window.hpp"

namespace verge::signal {
namespace {

constexpr int kSampleBits = 6;  // after the point; 240 * 2^15 * 2^6 < 2^29
constexpr int kWeightBits = 12;
constexpr int kOneBits = kSampleBits + 15 + kWeightBits;  // a channel's 1.0 is 2^this
constexpr int kLogBits = 10;
constexpr int kCosineBits = 14;
constexpr int kOutputBits = 8;

constexpr auto kWindow = periodic_hann_half<kMfccWindow>();
constexpr auto kMel = mel_tables<MelSpec{.channels = kMfccChannels,
                                         .sample_rate_hz = kSampleRateHz,
                                         .spectrum_size = kMfccFftLength / 2 + 1,
                                         .low_hz = 20,
                                         .high_hz = 4000,
                                         .alignment = 1,
                                         .block = 1}>();
static_assert(kMel.end_line <= kMfccLines);

constexpr std::int32_t kLn2 = constant::nearest((1 << 16) * constant::kLn2);
/// ln(1e-6), which the definition adds before the logarithm: what an empty channel has.
constexpr std::int32_t kFloor = -constant::nearest((1 << kLogBits) * 13.815510557964274);

/// A quarter of cos(pi i / 80) times 2 / sqrt(80), which makes the transform orthonormal but for
/// its first row.
consteval std::array<std::int16_t, kMfccChannels + 1> cosine_table() {
    std::array<std::int16_t, kMfccChannels + 1> table{};
    for (std::size_t i = 0; i < table.size(); ++i) {
        const double angle = constant::kPi * static_cast<double>(kMfccChannels - i) / 80;
        table[i] = static_cast<std::int16_t>(
            constant::nearest((1 << kCosineBits) * 0.22360679774997896 * constant::sine(angle)));
    }
    return table;
}

constexpr auto kCosine = cosine_table();

/// cos(pi i / 80) times the same for i in [0, 160).
constexpr std::int32_t cosine(std::uint32_t i) {
    i = i > 80 ? 160 - i : i;
    return i > 40 ? -kCosine[80 - i] : kCosine[i];
}

constexpr std::int16_t coefficient(std::uint32_t k,
                                   const std::array<std::int16_t, kMfccChannels>& logs) {
    std::int32_t sum = 1 << (kLogBits + kCosineBits - kOutputBits - 1);
    std::uint32_t angle = k;
    for (const std::int16_t log : logs) {
        sum += log * cosine(angle);
        angle += 2 * k;
        angle = angle >= 160 ? angle - 160 : angle;
    }
    return static_cast<std::int16_t>(sum >> (kLogBits + kCosineBits - kOutputBits));
}

consteval std::int16_t silence() {
    std::array<std::int16_t, kMfccChannels> logs{};
    logs.fill(kFloor);
    return coefficient(0, logs);
}

constexpr std::int16_t kSilence = silence();

/// The window times its weights, paired and placed for the transform.
void load(std::span<const std::int16_t> window, std::span<ComplexI32> spectrum) {
    const auto weighted = [&](std::uint32_t i) -> std::int32_t {
        if (i >= kMfccWindow) {
            return 0;
        }
        const std::int32_t weight = kWindow[i <= kMfccWindow / 2 ? i : kMfccWindow - i];
        return (window[i] * weight + (1 << (14 - kSampleBits))) >> (15 - kSampleBits);
    };
    for (std::uint32_t i = 0; i < kMfccFftLength / 2; ++i) {
        const std::uint32_t source = 2 * rfft_source(i, kMfccFftLength / 2);
        spectrum[i] = {weighted(source), weighted(source + 1)};
    }
}

std::int16_t log_of(std::uint64_t sum) {
    if (sum == 0) {
        return kFloor;
    }
    const std::int32_t bits = (log2_q16(sum) - kOneBits * (1 << 16)) >> (16 - kLogBits);
    return static_cast<std::int16_t>(std::max((bits * kLn2) >> 16, kFloor));
}

}  // namespace

void compute_mfcc(std::span<const std::int16_t> window,
                  MfccScratch& scratch,
                  FeatureVector& frame) noexcept {
    load(window, scratch.spectrum);
    rfft_placed(scratch.spectrum, kQuarterSine<kMfccFftLength>);
    for (std::uint32_t i = kMel.first_line; i < kMel.end_line; ++i) {
        scratch.lines[i] = magnitude(scratch.spectrum[i]);
    }
    accumulate_channels(kMel.bank(), scratch.lines, scratch.sums);
    std::array<std::int16_t, kMfccChannels> logs;
    std::ranges::transform(scratch.sums, logs.begin(), log_of);
    for (std::uint32_t k = 0; k < kMfccCoefficients; ++k) {
        frame.values[k] = coefficient(k, logs);
    }
    frame.peak = *std::ranges::max_element(window);
}

Taken Mfcc::push(std::span<const std::int16_t> pcm,
                 MfccScratch& scratch,
                 FeatureVector& frame) noexcept {
    const Taken taken = window.fill(pcm);
    if (taken.frame) {
        compute_mfcc(window.samples, scratch, frame);
        window.advance(kMfccHop);
    }
    return taken;
}

std::int16_t normalise_loudness(std::int16_t coefficient0, std::int16_t peak) noexcept {
    if (coefficient0 <= kSilence || peak <= 0) {
        return coefficient0;
    }
    // sqrt(80) ln 2 for each doubling.
    constexpr std::int32_t kStep = constant::nearest(1024 * 8.94427190999916 * constant::kLn2);
    const std::int32_t doublings =
        (15 * (1 << 16) - log2_q16(static_cast<std::uint64_t>(peak))) >> (16 - kOutputBits);
    const std::int32_t sum = coefficient0 + ((doublings * kStep) >> 10);
    return static_cast<std::int16_t>(std::min<std::int32_t>(sum, INT16_MAX));
}

}  // namespace verge::signal
