// The smoother against a slow average, and its decisions on small streams written out by hand.

#include "signal/smoothing.hpp"

#include <array>
#include <deque>
#include <vector>

#include <gtest/gtest.h>

#include "signal/synthetic.hpp"

namespace verge::signal {
namespace {

// Classes: 0 silence (quiet), 1 yes, 2 no.
constexpr SmoothingSettings kSettings{.suppression_ms = 100,
                                      .quiet_classes = 1,
                                      .classes = 3,
                                      .frames = 2,
                                      .minimum_frames = 2,
                                      .triggers = same_for_all({200, 128})};
static_assert(are_usable(kSettings) && history_bytes(kSettings) == 6);

using Posteriors = std::array<std::uint8_t, 3>;
constexpr Posteriors kSilence{255, 0, 0};
constexpr Posteriors kYes{0, 255, 0};
constexpr Posteriors kNo{0, 0, 255};

/// Pushes one frame every 20 ms and returns the labels decided for, with their times.
std::vector<std::pair<std::uint32_t, int>> decisions_of(
    const std::vector<Posteriors>& stream,
    const SmoothingSettings& settings = kSettings,
    std::uint32_t time_ms = 0) {
    std::vector<std::uint8_t> history(history_bytes(settings), 77);
    Smoother smoother;
    smoother.reset(settings, history);
    std::vector<std::pair<std::uint32_t, int>> decisions;
    for (const Posteriors& posteriors : stream) {
        const Decision decision = smoother.push(posteriors, time_ms);
        if (decision.is_new) {
            decisions.emplace_back(decision.time_ms, decision.label);
        }
        time_ms += 20;
    }
    return decisions;
}

using Decisions = std::vector<std::pair<std::uint32_t, int>>;

TEST(Smoother, KeepsTheMovingAverageOfEachClass) {
    constexpr SmoothingSettings kWide{100, 0, 4, 255, 1, same_for_all({255, 255})};
    std::vector<std::uint8_t> history(history_bytes(kWide));
    Smoother smoother;
    smoother.reset(kWide, history);
    Noise noise(11);
    std::deque<std::array<std::uint8_t, 4>> last;
    for (std::uint32_t frame = 0; frame < 1000; ++frame) {
        std::array<std::uint8_t, 4> posteriors{};
        for (std::uint8_t& posterior : posteriors) {
            posterior = static_cast<std::uint8_t>(noise.next() >> 8);
        }
        smoother.push(posteriors, frame);
        last.push_back(posteriors);
        if (last.size() > 255) {
            last.pop_front();
        }
        for (std::size_t label = 0; label < 4; ++label) {
            std::size_t sum = 0;
            for (const auto& row : last) {
                sum += row[label];
            }
            ASSERT_EQ(smoother.average(label), sum / last.size());
        }
    }
}

TEST(Smoother, DecidesOnceForAWordThatIsHeld) {
    const std::vector<Posteriors> stream(50, kYes);
    EXPECT_EQ(decisions_of(stream), (Decisions{{20, 1}}));
}

TEST(Smoother, WaitsForTheMinimumOfFrames) {
    SmoothingSettings settings = kSettings;
    settings.frames = 8;
    settings.minimum_frames = 5;
    EXPECT_EQ(decisions_of(std::vector<Posteriors>(20, kYes), settings), (Decisions{{80, 1}}));
}

TEST(Smoother, NeedsTheAverageToReachTheThreshold) {
    EXPECT_EQ(decisions_of({kSilence, kYes, kSilence, kYes}), (Decisions{}));
    EXPECT_EQ(decisions_of({{0, 199, 0}, {0, 200, 0}, {0, 199, 0}}), (Decisions{}));
    EXPECT_EQ(decisions_of({{0, 199, 0}, {0, 201, 0}}), (Decisions{{20, 1}}));
}

TEST(Smoother, IsSilentForTheSuppressionTimeAfterADecision) {
    const std::vector<Posteriors> stream{kYes, kYes, kNo, kNo, kNo, kNo, kNo, kNo};
    EXPECT_EQ(decisions_of(stream), (Decisions{{20, 1}, {120, 2}}));
}

TEST(Smoother, HearsTheSameWordAgainOnceItWasReleased) {
    const std::vector<Posteriors> stream{kYes,     kYes,     kSilence, kSilence, kSilence,
                                         kSilence, kSilence, kYes,     kYes};
    EXPECT_EQ(decisions_of(stream), (Decisions{{20, 1}, {160, 1}}));
}

TEST(Smoother, HasAThresholdPerWord) {
    SmoothingSettings settings = kSettings;
    settings.triggers[2] = {100, 50};
    const Posteriors likely_yes{60, 110, 80};
    const Posteriors likely_no{140, 0, 110};
    EXPECT_EQ(decisions_of(std::vector<Posteriors>(8, likely_yes), settings), (Decisions{}));
    // Silence is still the strongest, but "no" has reached what it needs.
    EXPECT_EQ(decisions_of(std::vector<Posteriors>(8, likely_no), settings), (Decisions{{20, 2}}));
}

TEST(Smoother, HasAReleasePerWord) {
    SmoothingSettings settings = kSettings;
    settings.triggers[1] = {200, 190};
    const std::vector<Posteriors> stream{kYes,        kYes,        {70, 185, 0}, {70, 185, 0},
                                         {0, 210, 0}, {0, 210, 0}, {0, 210, 0}};
    EXPECT_EQ(decisions_of(stream, settings), (Decisions{{20, 1}, {120, 1}}));
    settings.triggers[1] = {200, 180};  // 185 does not release it
    EXPECT_EQ(decisions_of(stream, settings), (Decisions{{20, 1}}));
}

TEST(Smoother, ForgetsWhatItHeardWhileNothingIsPushed) {
    std::vector<std::uint8_t> history(history_bytes(kSettings));
    Smoother smoother;
    smoother.reset(kSettings, history);
    smoother.push(kYes, 0);
    EXPECT_TRUE(smoother.push(kYes, 20).is_new);
    EXPECT_FALSE(smoother.push_nothing(140).is_new);
    EXPECT_EQ(smoother.average(1), 127);
    smoother.push_nothing(160);
    EXPECT_EQ(smoother.average(1), 0);
    EXPECT_FALSE(smoother.push(kYes, 180).is_new);
    EXPECT_TRUE(smoother.push(kYes, 200).is_new);  // released in between
}

TEST(Smoother, NeverDecidesForAQuietClass) {
    EXPECT_EQ(decisions_of(std::vector<Posteriors>(20, kSilence)), (Decisions{}));
}

TEST(Smoother, GoesOnWhenTheClockWrapsAround) {
    const std::vector<Posteriors> stream{kYes, kYes, kNo, kNo, kNo, kNo, kNo, kNo};
    EXPECT_EQ(decisions_of(stream, kSettings, UINT32_MAX - 59),
              (Decisions{{UINT32_MAX - 39, 1}, {60, 2}}));
}

TEST(Smoother, TreatsInt8PosteriorsAsUint8LessTheZeroPoint) {
    std::array<std::uint8_t, 6> history{};
    std::array<std::uint8_t, 6> history_of_bytes{};
    Smoother with_int8;
    Smoother with_uint8;
    with_int8.reset(kSettings, history);
    with_uint8.reset(kSettings, history_of_bytes);
    Noise noise(2);
    for (std::uint32_t frame = 0; frame < 300; ++frame) {
        std::array<std::int8_t, 3> signed_values{};
        Posteriors values{};
        for (std::size_t i = 0; i < 3; ++i) {
            values[i] = static_cast<std::uint8_t>(noise.next() & 0xFF);
            signed_values[i] = static_cast<std::int8_t>(values[i] - 128);
        }
        const Decision a = with_int8.push(signed_values, frame * 20);
        const Decision b = with_uint8.push(values, frame * 20);
        ASSERT_EQ(a.label, b.label);
        ASSERT_EQ(a.score, b.score);
        ASSERT_EQ(a.is_new, b.is_new);
    }
}

TEST(SmoothingSettings, OutOfRangeAreNotUsable) {
    const auto with = [](auto change) {
        SmoothingSettings settings = kSettings;
        change(settings);
        return are_usable(settings);
    };
    EXPECT_TRUE(with([](SmoothingSettings&) {}));
    EXPECT_FALSE(with([](SmoothingSettings& s) { s.classes = 0; }));
    EXPECT_FALSE(with([](SmoothingSettings& s) { s.classes = 17; }));
    EXPECT_FALSE(with([](SmoothingSettings& s) { s.minimum_frames = 0; }));
    EXPECT_FALSE(with([](SmoothingSettings& s) { s.minimum_frames = 3; }));
    EXPECT_FALSE(with([](SmoothingSettings& s) { s.triggers[1].release = 201; }));
    EXPECT_FALSE(with([](SmoothingSettings& s) { s.triggers[2].release = 0; }));
    EXPECT_TRUE(with([](SmoothingSettings& s) { s.triggers[3].release = 0; }));  // no such class
}

}  // namespace
}  // namespace verge::signal
