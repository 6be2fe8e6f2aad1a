#include "operators/requant.hpp"

#include <gtest/gtest.h>

namespace verge {
namespace {

TEST(Requant, MultiplierIsTheFractionOfTheRealNumber) {
    EXPECT_EQ(quantise_multiplier(0.5), (Multiplier{1 << 30, 0}));
    EXPECT_EQ(quantise_multiplier(1.0), (Multiplier{1 << 30, 1}));
    EXPECT_EQ(quantise_multiplier(0.0), (Multiplier{0, 0}));
    EXPECT_EQ(quantise_multiplier(0.75 / 1024), (Multiplier{3 << 29, -10}));
}

TEST(Requant, ARoundedUpFractionCarriesIntoTheShift) {
    EXPECT_EQ(quantise_multiplier(1.0 - 1e-12), (Multiplier{1 << 30, 1}));
}

TEST(Requant, WhatIsTooSmallBecomesZero) {
    EXPECT_EQ(quantise_multiplier(1e-12), (Multiplier{0, 0}));
}

}  // namespace
}  // namespace verge
