// Recordings made of tones, noise and mistakes, and what is found in them.

#include "apps/keyword_spotter/record_words.hpp"

#include <cmath>
#include <numbers>
#include <random>

#include <gtest/gtest.h>

namespace verge::spotter {
namespace {

/// A recording that grows: noise from a fixed seed, with bursts of tone as words.
class Tape {
public:
    explicit Tape(double noise) : noise_(noise) {}

    Tape& quiet(double seconds) { return sound(seconds, 0); }

    /// A tone of this amplitude (1 is full scale), faded over 20 ms.
    Tape& word(double seconds, double amplitude) { return sound(seconds, amplitude); }

    [[nodiscard]] const std::vector<std::int16_t>& samples() const { return samples_; }

    std::vector<std::int16_t>& samples() { return samples_; }

private:
    Tape& sound(double seconds, double amplitude) {
        const auto count = static_cast<std::size_t>(seconds * kTakeRateHz);
        for (std::size_t i = 0; i < count; ++i) {
            const double edge = static_cast<double>(std::min(i, count - i)) / 320.0;
            const double tone =
                std::sin(2 * std::numbers::pi * 440.0 * static_cast<double>(i) / kTakeRateHz) *
                amplitude * std::min(1.0, edge);
            const double value = (tone + noise_ * spread_(random_)) * 32768.0;
            samples_.push_back(static_cast<std::int16_t>(std::clamp(value, -32768.0, 32767.0)));
        }
        return *this;
    }

    double noise_;
    std::mt19937 random_{1};
    std::normal_distribution<double> spread_;
    std::vector<std::int16_t> samples_;
};

std::vector<TakeFault> faults(const Takes& takes) {
    std::vector<TakeFault> all;
    for (const Take& take : takes.takes) {
        all.push_back(take.fault);
    }
    return all;
}

constexpr TakeLimits kLimits;

TEST(FindTakes, FindsEachWordWhereItIs) {
    const Tape tape = Tape(0.001).quiet(0.8).word(0.4, 0.3).quiet(1).word(0.6, 0.1).quiet(0.7);
    const Takes found = find_takes(tape.samples(), kLimits);
    ASSERT_EQ(faults(found), (std::vector{TakeFault::none, TakeFault::none}));
    EXPECT_NEAR(static_cast<double>(found.takes[0].first), 0.8 * kTakeRateHz, 320);
    EXPECT_NEAR(static_cast<double>(found.takes[0].last), 1.2 * kTakeRateHz, 320);
    EXPECT_NEAR(static_cast<double>(found.takes[1].first), 2.2 * kTakeRateHz, 320);
    EXPECT_NEAR(found.takes[0].level_db, 20 * std::log10(0.3 / std::numbers::sqrt2), 0.5);
    EXPECT_NEAR(found.noise_db, -60, 1.5);
}

TEST(FindTakes, JoinsAWordOverAShortPauseAndNotOverALongOne) {
    const Tape stop = Tape(0.001).quiet(1).word(0.15, 0.2).quiet(0.1).word(0.25, 0.3).quiet(1);
    EXPECT_EQ(find_takes(stop.samples(), kLimits).takes.size(), 1U);
    const Tape two = Tape(0.001).quiet(1).word(0.25, 0.2).quiet(0.4).word(0.25, 0.3).quiet(1);
    EXPECT_EQ(find_takes(two.samples(), kLimits).takes.size(), 2U);
}

TEST(FindTakes, SaysWhatIsWrongWithATake) {
    Tape tape = Tape(0.0003).quiet(1).word(0.4, 1.5).quiet(1).word(0.1, 0.2);
    tape.quiet(1).word(1.3, 0.2).quiet(1).word(0.4, 0.005).quiet(1).word(0.4, 0.2);
    const Takes found = find_takes(tape.samples(), kLimits);
    EXPECT_EQ(faults(found), (std::vector{TakeFault::clipped, TakeFault::too_short,
                                          TakeFault::too_long, TakeFault::quiet, TakeFault::cut}));
    for (const Take& take : found.takes) {
        EXPECT_NE(explain(take, kLimits), "");
    }
    EXPECT_NE(explain(found.takes[2], kLimits).find("1.3"), std::string::npos);
}

TEST(FindTakes, RefusesAWordThatHardlyStandsOutOfTheNoise) {
    const Tape tape = Tape(0.05).quiet(2).word(0.5, 0.24).quiet(2);
    EXPECT_EQ(faults(find_takes(tape.samples(), kLimits)), std::vector{TakeFault::noisy});
}

TEST(FindTakes, HearsNothingInNoiseSilenceOrNothing) {
    EXPECT_TRUE(find_takes(Tape(0.1).quiet(5).samples(), kLimits).takes.empty());
    EXPECT_TRUE(find_takes({}, kLimits).takes.empty());
    const std::vector<std::int16_t> dead(32000, 12);
    const Takes found = find_takes(dead, kLimits);
    EXPECT_TRUE(found.takes.empty());
    EXPECT_TRUE(found.is_flat);
}

TEST(FindTakes, IsNotDisturbedByAnOffset) {
    Tape tape = Tape(0.001).quiet(1).word(0.4, 0.2).quiet(1);
    for (std::int16_t& sample : tape.samples()) {
        sample = static_cast<std::int16_t>(sample + 6000);
    }
    const Takes found = find_takes(tape.samples(), kLimits);
    EXPECT_EQ(faults(found), std::vector{TakeFault::none});
    EXPECT_NEAR(found.offset, 6000 / 32768.0, 0.001);
}

TEST(CutTake, PutsTheWordIntoTheMiddleOfASecond) {
    const Tape tape = Tape(0.001).quiet(2).word(0.4, 0.3).quiet(2);
    const Takes found = find_takes(tape.samples(), kLimits);
    ASSERT_EQ(found.takes.size(), 1U);
    const auto second = cut_take(tape.samples(), found.takes[0]);
    ASSERT_EQ(second.size(), kTakeSamples);
    const std::size_t from = found.takes[0].first;
    const std::size_t before = (kTakeSamples - (found.takes[0].last - from)) / 2;
    EXPECT_TRUE(std::equal(second.begin(), second.end(),
                           tape.samples().begin() + static_cast<std::ptrdiff_t>(from - before)));
}

TEST(CutTake, FillsWithZerosWhereTheRecordingEnds) {
    const std::vector<std::int16_t> samples(8000, 7);
    const auto second = cut_take(samples, Take{.first = 1000, .last = 7000});
    ASSERT_EQ(second.size(), kTakeSamples);
    EXPECT_EQ(std::ranges::count(second, 7), 8000);
    EXPECT_EQ(second[3999], 0);
    EXPECT_EQ(second[4000], 7);
    EXPECT_EQ(second[11999], 7);
    EXPECT_EQ(second[12000], 0);
}

}  // namespace
}  // namespace verge::spotter
