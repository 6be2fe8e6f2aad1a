// What the meter says of sounds whose level is known.

#include "apps/keyword_spotter/meter.hpp"

#include <array>
#include <vector>

#include <gtest/gtest.h>

namespace verge::spotter {
namespace {

/// The verdict after so many seconds of a square wave of this height.
std::string verdict_of(int height, int seconds) {
    LevelJudge judge;
    std::vector<std::int16_t> block(320);
    for (std::size_t i = 0; i < block.size(); ++i) {
        block[i] = static_cast<std::int16_t>(i % 2 == 0 ? height : -height);
    }
    for (int i = 0; i < 50 * seconds; ++i) {
        judge.push(block, static_cast<std::uint32_t>(height) * static_cast<std::uint32_t>(height) *
                              (height < 16000 ? 16U : 1U));
    }
    return judge.verdict();
}

TEST(Decibels, CountFromFullScale) {
    EXPECT_NEAR(decibels(16U * 16384U * 1024U), -18.06, 0.01);
    EXPECT_NEAR(decibels(16), -90.3, 0.1);
    EXPECT_EQ(decibels(0), -99);
}

TEST(LevelJudge, SaysNothingOfSpeechAtArmsLength) {
    EXPECT_EQ(verdict_of(1000, 6), "");
}

TEST(LevelJudge, SaysTooQuietOnlyWhenSomebodyHadTimeToSpeak) {
    EXPECT_EQ(verdict_of(30, 2), "");
    EXPECT_EQ(verdict_of(30, 6).substr(0, 9), "too quiet");
}

TEST(LevelJudge, TellsAMutedMicrophoneFromAQuietOne) {
    EXPECT_EQ(verdict_of(0, 6).substr(0, 8), "no sound");
}

TEST(LevelJudge, SaysThatTheSoundIsClipped) {
    EXPECT_EQ(verdict_of(32767, 1).substr(0, 8), "too loud");
}

TEST(MeterLine, ShowsLevelWordsAndSleep) {
    Heard heard{};
    heard.averages = {250, 128, 0};
    heard.is_awake = false;
    const std::vector<std::string> labels{"silence", "yes", "no"};
    EXPECT_EQ(meter_line({.level_db = -35,
                          .heard = &heard,
                          .labels = labels,
                          .quiet_classes = 1,
                          .verdict = "too quiet"}),
              " -35 dB [########--------]  yes [####----] 0.50  no [--------] 0.00  asleep  too "
              "quiet");
    EXPECT_EQ(meter_line({.level_db = -99, .labels = labels, .verdict = ""}),
              " -99 dB [----------------]");
}

}  // namespace
}  // namespace verge::spotter
