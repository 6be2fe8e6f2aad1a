// The knob: its middle changes nothing, its ends are what the header says, and it is monotonic.

#include "apps/keyword_spotter/sensitivity.hpp"

#include <gtest/gtest.h>

namespace verge::spotter {
namespace {

signal::Trigger at(std::uint32_t sensitivity) {
    const auto turned = with_sensitivity(Settings{}, sensitivity);
    EXPECT_TRUE(turned.ok());
    EXPECT_TRUE(signal::are_usable(turned.value().smoothing));
    return turned.value().smoothing.triggers[2];
}

TEST(Sensitivity, LeavesTheCalibratedThresholdsInTheMiddle) {
    EXPECT_EQ(at(50), (signal::Trigger{200, 100}));
}

TEST(Sensitivity, GoesFromCertainToAQuarter) {
    EXPECT_EQ(at(0), (signal::Trigger{255, 127}));
    EXPECT_EQ(at(100), (signal::Trigger{50, 25}));
}

TEST(Sensitivity, LowersTheThresholdWithEachStep) {
    for (std::uint32_t step = 1; step <= kMostSensitivity; ++step) {
        EXPECT_LE(at(step).threshold, at(step - 1).threshold) << step;
    }
}

TEST(Sensitivity, RefusesMoreThanAHundred) {
    EXPECT_FALSE(with_sensitivity(Settings{}, 101).ok());
}

}  // namespace
}  // namespace verge::spotter
