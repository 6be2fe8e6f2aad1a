// The gate on sounds whose level is known.

#include "signal/voice_activity.hpp"

#include <cmath>
#include <numbers>
#include <vector>

#include <gtest/gtest.h>

#include "signal/synthetic.hpp"

namespace verge::signal {
namespace {

constexpr GateSettings kGate{.ratio = 12, .hangover_ms = 1000};
constexpr std::size_t kSecond = 16000;

using Samples = std::vector<std::int16_t>;

/// Evenly spread noise: its mean square is amplitude squared / 3.
Samples noise_of(int amplitude, std::size_t count, int dc = 0) {
    Noise noise(5);
    Samples samples(count);
    for (std::int16_t& sample : samples) {
        sample = static_cast<std::int16_t>(dc + noise.next() * amplitude / 32768);
    }
    return samples;
}

Samples sine_of(double amplitude, std::size_t count) {
    Samples samples(count);
    for (std::size_t i = 0; i < count; ++i) {
        samples[i] = static_cast<std::int16_t>(std::lround(
            amplitude * std::sin(2 * std::numbers::pi * 440 * static_cast<double>(i) / 16000)));
    }
    return samples;
}

VoiceActivity gate_after(const Samples& samples, GateSettings settings = kGate) {
    VoiceActivity gate{};
    gate.reset(settings);
    gate.push(samples);
    return gate;
}

/// For each block of 20 ms whether the gate is open after it.
std::vector<bool> openness(VoiceActivity& gate, const Samples& samples) {
    std::vector<bool> open;
    for (std::size_t at = 0; at + kGateBlock <= samples.size(); at += kGateBlock) {
        gate.push(std::span(samples).subspan(at, kGateBlock));
        open.push_back(gate.is_open());
    }
    return open;
}

TEST(VoiceActivity, MeasuresTheMeanSquare) {
    EXPECT_EQ(gate_after(Samples(320, 0)).level(), 0U);
    EXPECT_NEAR(gate_after(sine_of(1000, 16000)).level(), 16 * 500'000.0, 16 * 20'000.0);
    EXPECT_EQ(gate_after(Samples(320, 32767)).level(), 0U);
    Samples square(320);
    for (std::size_t i = 0; i < 320; ++i) {
        square[i] = static_cast<std::int16_t>(i % 2 == 0 ? 100 : -100);
    }
    EXPECT_EQ(gate_after(square).level(), 160'000U);
}

TEST(VoiceActivity, TakesTheLoudestSamplesWithoutOverflow) {
    Samples square(320);
    for (std::size_t i = 0; i < 320; ++i) {
        square[i] = i % 2 == 0 ? std::int16_t{32767} : std::int16_t{-32768};
    }
    EXPECT_EQ(gate_after(square).level(), UINT32_MAX);
    EXPECT_EQ(gate_after(Samples(320, -32768)).level(), 0U);
}

TEST(VoiceActivity, DoesNotHearDc) {
    const VoiceActivity quiet = gate_after(noise_of(100, kSecond));
    const VoiceActivity shifted = gate_after(noise_of(100, kSecond, 9001));
    EXPECT_NEAR(shifted.level(), quiet.level(), 16 * 200.0);
    EXPECT_NEAR(shifted.floor(), quiet.floor(), 16 * 400.0);
}

TEST(VoiceActivity, ClosesInAnEvenRoomAndInDigitalSilence) {
    EXPECT_FALSE(gate_after(noise_of(300, 4 * kSecond)).is_open());
    EXPECT_FALSE(gate_after(Samples(4 * kSecond, 0)).is_open());
}

TEST(VoiceActivity, BeginsOpen) {
    EXPECT_TRUE(gate_after(Samples{}).is_open());
    EXPECT_TRUE(gate_after(noise_of(300, kSecond / 2)).is_open());
}

TEST(VoiceActivity, OpensWithinABlockAndHangsOver) {
    VoiceActivity gate = gate_after(noise_of(300, 4 * kSecond));
    EXPECT_EQ(openness(gate, sine_of(2000, kGateBlock)), std::vector<bool>{true});
    const std::vector<bool> after = openness(gate, noise_of(300, 2 * kSecond));
    for (std::size_t block = 0; block < after.size(); ++block) {
        EXPECT_EQ(after[block], (block + 1) * 20 < 1000) << block;
    }
}

TEST(VoiceActivity, StaysOpenThroughAWordOfFiveSeconds) {
    VoiceActivity gate = gate_after(noise_of(300, 4 * kSecond));
    for (const bool is_open : openness(gate, sine_of(4000, 5 * kSecond))) {
        EXPECT_TRUE(is_open);
    }
}

TEST(VoiceActivity, GetsUsedToAFanThatStarts) {
    VoiceActivity gate = gate_after(noise_of(100, 4 * kSecond));
    const std::vector<bool> open = openness(gate, noise_of(1000, 20 * kSecond));  // 20 dB louder
    EXPECT_TRUE(open[0]);
    EXPECT_TRUE(open[100]);
    EXPECT_FALSE(open[400]);
}

TEST(VoiceActivity, GetsUsedToAFanThatStopsWithinASecond) {
    VoiceActivity gate = gate_after(noise_of(3000, 4 * kSecond));
    gate.push(noise_of(100, kSecond / 2));
    EXPECT_LT(gate.floor(), 2 * gate.level());
    EXPECT_TRUE(openness(gate, sine_of(500, kGateBlock))[0]);
}

TEST(VoiceActivity, IsAlwaysOpenWithoutARatio) {
    EXPECT_TRUE(gate_after(Samples(4 * kSecond, 0), {.ratio = 0, .hangover_ms = 1000}).is_open());
}

TEST(VoiceActivity, DoesNotMindHowTheStreamIsCut) {
    Samples samples = noise_of(200, kSecond);
    const Samples loud = sine_of(3000, kSecond);
    samples.insert(samples.end(), loud.begin(), loud.end());
    const VoiceActivity whole = gate_after(samples);
    VoiceActivity cut{};
    cut.reset(kGate);
    std::span<const std::int16_t> rest = samples;
    for (std::size_t piece = 1; !rest.empty(); piece = piece * 7 % 501 + 1) {
        const std::size_t count = std::min(piece, rest.size());
        cut.push(rest.first(count));
        rest = rest.subspan(count);
    }
    EXPECT_EQ(cut.level(), whole.level());
    EXPECT_EQ(cut.floor(), whole.floor());
    EXPECT_EQ(cut.is_open(), whole.is_open());
}

}  // namespace
}  // namespace verge::signal
