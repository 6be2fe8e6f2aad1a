// MFCC and log-mel against slow references in double precision that follow the definition word by
// word (tf.signal in the training code of mlcommons/tiny), on synthetic sound and on recordings.

#include <array>
#include <cmath>
#include <functional>
#include <numbers>
#include <vector>

#include <gtest/gtest.h>

#include "signal/log_mel.hpp"
#include "signal/mfcc.hpp"
#include "signal/test_recordings.hpp"

namespace verge::signal {
namespace {

using std::numbers::pi;
using Values = std::vector<double>;

double mel(double hz) {
    return 1127 * std::log1p(hz / 700);
}

/// |X|^2 of lines 0..n/2 of a transform of n points; missing samples are zero.
Values powers(const Values& samples, std::size_t n) {
    Values circle(n);
    for (std::size_t i = 0; i < n; ++i) {
        circle[i] = std::cos(2 * pi * static_cast<double>(i) / static_cast<double>(n));
    }
    Values result(n / 2 + 1);
    for (std::size_t k = 0; k < result.size(); ++k) {
        double real = 0;
        double imag = 0;
        for (std::size_t i = 0; i < samples.size(); ++i) {
            real += samples[i] * circle[i * k % n];
            imag += samples[i] * circle[(i * k + n / 4) % n];
        }
        result[k] = real * real + imag * imag;
    }
    return result;
}

/// 40 triangles in mel over lines that reach to 8 kHz; line 0 belongs to none.
Values channels_of(const Values& lines, double low_hz, double high_hz) {
    const double step = (mel(high_hz) - mel(low_hz)) / 41;
    Values sums(40);
    for (std::size_t c = 0; c < sums.size(); ++c) {
        const double centre = mel(low_hz) + step * static_cast<double>(c + 1);
        for (std::size_t k = 1; k < lines.size(); ++k) {
            const double hz = 8000 * static_cast<double>(k) / static_cast<double>(lines.size() - 1);
            sums[c] += lines[k] * std::max(0.0, 1 - std::abs(mel(hz) - centre) / step);
        }
    }
    return sums;
}

/// 10 coefficients of a window of samples from -1 to 1.
Values mfcc_reference(std::span<const std::int16_t> window, double gain) {
    Values samples(480);
    for (std::size_t i = 0; i < samples.size(); ++i) {
        const double weight = 0.5 - 0.5 * std::cos(2 * pi * static_cast<double>(i) / 480);
        samples[i] = gain * weight * window[i] / 32768;
    }
    Values lines = powers(samples, 512);
    for (double& line : lines) {
        line = std::sqrt(line);
    }
    const Values sums = channels_of(lines, 20, 4000);
    Values coefficients(10);
    for (std::size_t k = 0; k < coefficients.size(); ++k) {
        for (std::size_t n = 0; n < 40; ++n) {
            coefficients[k] += 2 / std::sqrt(80) * std::log(sums[n] + 1e-6) *
                               std::cos(pi * static_cast<double>(k * (2 * n + 1)) / 80);
        }
    }
    return coefficients;
}

/// 40 features of the 1024 samples from `start` on.
Values log_mel_reference(std::span<const std::int16_t> pcm, std::size_t start) {
    Values samples(1024);
    for (std::size_t i = 0; i < samples.size(); ++i) {
        const std::size_t at = start + i;
        const double last = at == 0 ? 0 : pcm[at - 1];
        const double weight = 0.54 - 0.46 * std::cos(2 * pi * static_cast<double>(i) / 1023);
        samples[i] = weight * (pcm[at] - (1 - 1.0 / 32) * last) / 32768;
    }
    Values lines = powers(samples, 1024);
    for (double& line : lines) {
        line = std::max(line / 1024, 1e-30);
    }
    Values features = channels_of(lines, 0, 8000);
    for (double& feature : features) {
        feature = std::clamp((10 * std::log10(feature) + 52) / 64, 0.0, 1.0);
    }
    return features;
}

struct Distance {
    double largest = 0;
    double sum = 0;
    double count = 0;

    void add(double found, double wanted) {
        largest = std::max(largest, std::abs(found - wanted));
        sum += std::abs(found - wanted);
        count += 1;
    }

    [[nodiscard]] double mean() const { return sum / count; }
};

using Reference = std::function<Values(std::span<const std::int16_t> pcm, std::size_t start)>;

Values mfcc_at(std::span<const std::int16_t> pcm, std::size_t start) {
    return mfcc_reference(pcm.subspan(start, kMfccWindow), 1);
}

/// In the model's real units.
Distance distance(const FeatureSource& source,
                  const Reference& reference,
                  std::span<const std::int16_t> pcm) {
    Distance result;
    const auto frames = frames_of(source, pcm);
    EXPECT_EQ(frames.size(), (pcm.size() - source.window_samples) / source.hop_samples + 1);
    for (std::size_t f = 0; f < frames.size(); ++f) {
        const Values wanted = reference(pcm, f * source.hop_samples);
        for (std::size_t i = 0; i < source.features; ++i) {
            result.add(static_cast<double>(frames[f].values[i]) * double{source.unit}, wanted[i]);
        }
    }
    return result;
}

std::vector<std::int16_t> noise(int shift, std::size_t count) {
    Noise source(99);
    std::vector<std::int16_t> samples(count);
    for (std::int16_t& sample : samples) {
        sample = static_cast<std::int16_t>(source.next_sample() >> shift);
    }
    return samples;
}

std::vector<std::int16_t> tone(double hz, double amplitude) {
    std::vector<std::int16_t> samples(4000);
    for (std::size_t i = 0; i < samples.size(); ++i) {
        samples[i] = static_cast<std::int16_t>(
            std::lround(amplitude * std::sin(2 * pi * hz * static_cast<double>(i) / 16000)));
    }
    return samples;
}

/// Loudest samples whose signs are random.
std::vector<std::int16_t> loudest() {
    std::vector<std::int16_t> samples = noise(0, 4000);
    for (std::int16_t& sample : samples) {
        sample = sample < 0 ? INT16_MIN : INT16_MAX;
    }
    return samples;
}

struct Bound {
    double largest;
    double mean;
};

void expect_within(const Distance& found, const Bound& bound, const std::string& what) {
    EXPECT_LT(found.largest, bound.largest) << what;
    EXPECT_LT(found.mean(), bound.mean) << what;
}

// A step of the models' inputs is 0.585 and 0.0037.
constexpr Bound kMfccBound{0.2, 0.01};
constexpr Bound kLogMelBound{0.0037, 0.0002};

TEST(MelFrontEnds, AreWithinAThirdOfAStepAndAStepOfTheReferenceOnBroadSound) {
    const std::vector<std::vector<std::int16_t>> sounds = {
        chirp(), loudest(), noise(0, 4000), noise(3, 4000), noise(6, 4000), noise(9, 4000)};
    for (std::size_t i = 0; i < sounds.size(); ++i) {
        const std::string what = "sound " + std::to_string(i);
        expect_within(distance(kMfcc, mfcc_at, sounds[i]), kMfccBound, what);
        expect_within(distance(kLogMel, log_mel_reference, sounds[i]), kLogMelBound, what);
    }
}

/// Nothing but one line, and 16 bits of twiddles and samples: lines 90 dB below the strongest are
/// not what they were, and the logarithm shows it.
TEST(MelFrontEnds, AreWithinTenStepsOnPureTones) {
    for (const double hz : {31.25, 250.0, 1003.0, 3990.0}) {
        const std::string what = std::to_string(hz);
        const auto pcm = tone(hz, 32767);
        expect_within(distance(kMfcc, mfcc_at, pcm), {6.0, 1.0}, what);
        expect_within(distance(kLogMel, log_mel_reference, pcm), {0.04, 0.01}, what);
    }
}

TEST(MelFrontEnds, AreAsCloseToTheReferenceOnRecordings) {
    if (recording("micro_speech/yes_1000ms.wav").empty()) {
        GTEST_SKIP() << "needs kws/micro_speech in ../shared/data (or $VERGE_DATA)";
    }
    for (const char* name : {"yes", "no", "noise"}) {
        const auto pcm = recording(std::string("micro_speech/") + name + "_1000ms.wav");
        expect_within(distance(kMfcc, mfcc_at, pcm), kMfccBound, name);
        expect_within(distance(kLogMel, log_mel_reference, pcm), kLogMelBound, name);
    }
    // Samples of -7 to 7.
    const auto pcm = recording("micro_speech/silence_1000ms.wav");
    expect_within(distance(kMfcc, mfcc_at, pcm), {0.4, 0.08}, "silence");
    expect_within(distance(kLogMel, log_mel_reference, pcm), kLogMelBound, "silence");
}

TEST(MfccFrontEnd, NormalisesLoudnessAsIfTheSamplesHadBeenDividedByTheirPeak) {
    const auto pcm = noise(4, 480);
    const auto frame = frames_of(kMfcc, pcm).front();
    EXPECT_EQ(frame.peak, *std::max_element(pcm.begin(), pcm.end()));
    for (const int peak : {1, 300, 2048, 20000, 32767}) {
        const double wanted = mfcc_reference(pcm, 32768.0 / peak)[0];
        EXPECT_NEAR(normalise_loudness(frame.values[0], static_cast<std::int16_t>(peak)) / 256.0,
                    std::min(wanted, 127.99), 0.1)
            << peak;
    }
}

TEST(MfccFrontEnd, LeavesDigitalSilenceAtItsFloorWhateverThePeak) {
    const std::vector<std::int16_t> silence(480);
    const auto frame = frames_of(kMfcc, silence).front();
    EXPECT_NEAR(frame.values[0] / 256.0, std::log(1e-6) * std::sqrt(80), 0.02);
    for (std::size_t i = 1; i < kMfccCoefficients; ++i) {
        EXPECT_LE(std::abs(frame.values[i]), 1) << i;
    }
    EXPECT_EQ(normalise_loudness(frame.values[0], 100), frame.values[0]);
    EXPECT_EQ(frame.peak, 0);
}

TEST(MelFrontEnds, GiveTheSameFramesHoweverTheSamplesArrive) {
    const auto pcm = chirp();
    for (const FeatureSource* source : {&kMfcc, &kLogMel}) {
        const auto whole = frames_of(*source, pcm);
        for (const std::size_t chunk : {1U, 160U, 319U, 513U, 1024U}) {
            const auto frames = frames_of(*source, pcm, chunk);
            ASSERT_EQ(frames.size(), whole.size());
            for (std::size_t f = 0; f < frames.size(); ++f) {
                const auto count = static_cast<std::ptrdiff_t>(source->features);
                EXPECT_TRUE(std::equal(frames[f].values.begin(), frames[f].values.begin() + count,
                                       whole[f].values.begin()));
            }
        }
    }
}

/// The bits themselves, so that every machine and compiler is held to them.
TEST(MelFrontEnds, HaveTheBitsThatAllMachinesHave) {
    const auto hash_of = [](const FeatureSource& source) {
        std::uint32_t hash = 0x811C9DC5U;
        for (const FeatureVector& frame : frames_of(source, chirp())) {
            hash = fnv1a(std::span<const std::int16_t>(frame.values).first(source.features), hash);
        }
        return hash;
    };
    EXPECT_EQ(hash_of(kMfcc), 470962261U);
    EXPECT_EQ(hash_of(kLogMel), 3126519198U);
}

}  // namespace
}  // namespace verge::signal
