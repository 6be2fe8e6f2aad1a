// The resampler's promises, measured with tones: gain below the lower Nyquist frequency, rejection
// above it, no delay, and constants that stay constant.

#include "formats/wav/resample.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

namespace verge::wav {
namespace {

std::vector<float> tone(double hertz, double rate, double seconds) {
    std::vector<float> samples(static_cast<std::size_t>(rate * seconds));
    for (std::size_t i = 0; i < samples.size(); ++i) {
        samples[i] = static_cast<float>(
            std::sin(2.0 * std::numbers::pi * hertz * static_cast<double>(i) / rate));
    }
    return samples;
}

/// The largest difference to `expected` away from both ends, where silence is mixed in.
double worst_difference(const std::vector<float>& samples, const std::vector<float>& expected) {
    double worst = 0.0;
    const std::size_t count = std::min(samples.size(), expected.size());
    for (std::size_t i = 400; i + 400 < count; ++i) {
        worst = std::max(
            worst, std::abs(static_cast<double>(samples[i]) - static_cast<double>(expected[i])));
    }
    return worst;
}

double decibels(double ratio) {
    return 20.0 * std::log10(ratio);
}

TEST(Resample, KeepsTonesBelowNineTenthsOfTheLowerNyquistInPlace) {
    for (const std::uint32_t rate : {8000U, 11025U, 22050U, 44100U, 48000U, 44101U}) {
        const double nyquist = std::min(rate, 16000U) / 2.0;
        for (const double part : {0.01, 0.3, 0.7, 0.9}) {
            const auto out = resample(tone(part * nyquist, rate, 0.25), {rate, 16000}).value();
            EXPECT_EQ(out.size(),
                      (static_cast<std::size_t>(rate * 0.25) * 16000 + rate - 1) / rate);
            // a difference of 0.00115 is 0.01 dB of gain, or a delay of 1/5000 of the tone's period
            EXPECT_LT(worst_difference(out, tone(part * nyquist, 16000, 0.25)), 0.00115)
                << rate << " Hz, " << part;
        }
    }
}

TEST(Resample, SuppressesWhatWouldAlias) {
    for (const std::uint32_t rate : {22050U, 44100U, 48000U}) {
        for (const double hertz : {8000.0, 8500.0, 10000.0, 0.49 * rate}) {
            const auto out = resample(tone(hertz, rate, 0.25), {rate, 16000}).value();
            EXPECT_LT(decibels(worst_difference(out, std::vector<float>(out.size()))), -80.0)
                << rate << ", " << hertz;
        }
    }
}

TEST(Resample, AddsNoImagesWhenItGoesUp) {
    const auto out = resample(tone(3000.0, 8000, 0.25), {8000, 16000}).value();
    EXPECT_LT(decibels(worst_difference(out, tone(3000.0, 16000, 0.25))), -80.0);
}

TEST(Resample, KeepsAConstantConstant) {
    const auto out = resample(std::vector<float>(20000, 0.5F), {44100, 16000}).value();
    EXPECT_LT(worst_difference(out, std::vector<float>(out.size(), 0.5F)), 1e-7);
}

TEST(Resample, ReturnsEqualRatesUntouched) {
    const std::vector<float> samples = {0.1F, -3.0F, 0.7F};
    EXPECT_EQ(resample(samples, {16000, 16000}).value(), samples);
}

TEST(Resample, TakesInputsShorterThanItsFilter) {
    EXPECT_TRUE(resample({}, {8000, 16000}).value().empty());
    EXPECT_EQ(resample({1.0F}, {8000, 16000}).value().size(), 2U);
    EXPECT_EQ(resample({1.0F}, {48000, 16000}).value().size(), 1U);
}

TEST(Resample, RefusesRatesThatNoRecorderHas) {
    EXPECT_EQ(resample({0.0F}, {999, 16000}).error().what, "the sample rate is 999 Hz");
    EXPECT_EQ(resample({0.0F}, {4294967295U, 16000}).error().wanted, "1000 to 768000 Hz");
}

}  // namespace
}  // namespace verge::wav
