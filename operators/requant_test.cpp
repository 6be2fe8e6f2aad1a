#include "operators/requant.hpp"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

namespace verge {
namespace {

TEST(Requant, MultiplierIsTheFractionOfTheRealNumber) {
    EXPECT_EQ(quantise_multiplier(0.5).value(), (Multiplier{1 << 30, 0}));
    EXPECT_EQ(quantise_multiplier(1.0).value(), (Multiplier{1 << 30, 1}));
    EXPECT_EQ(quantise_multiplier(0.0).value(), (Multiplier{0, 0}));
    EXPECT_EQ(quantise_multiplier(0.75 / 1024).value(), (Multiplier{3 << 29, -10}));
}

TEST(Requant, ARoundedUpFractionCarriesIntoTheShift) {
    EXPECT_EQ(quantise_multiplier(1.0 - 1e-12).value(), (Multiplier{1 << 30, 1}));
}

TEST(Requant, WhatIsTooSmallBecomesZero) {
    EXPECT_EQ(quantise_multiplier(1e-12).value(), (Multiplier{0, 0}));
}

TEST(Requant, RefusesWhatIsNoMultiplier) {
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    for (const double real : {-1.0, kInfinity, -kInfinity, std::nan("")}) {
        EXPECT_FALSE(quantise_multiplier(real).ok()) << real;
        EXPECT_FALSE(requant_table(std::vector{0.5, real}).ok()) << real;
    }
    EXPECT_EQ(quantise_multiplier(1e300).value().shift, 30);
}

graph::Value output_of(plan::Type type, float scale, std::int32_t zero_point) {
    graph::Value value;
    value.type = type;
    value.quantisation = {{scale}, {zero_point}, 0};
    return value;
}

TEST(Requant, ClampsLieInTheTypeWhateverTheScale) {
    for (const float scale : {1e-45F, 1e-38F, 1e38F}) {
        const graph::Value output = output_of(plan::Type::s8, scale, 3);
        const auto relu6 = quantised_clamp(Activation::relu6, output);
        ASSERT_TRUE(relu6.ok()) << scale;
        EXPECT_EQ(relu6.value().low, 3) << scale;
        EXPECT_EQ(relu6.value().high, scale < 1 ? 127 : 3) << scale;
        const auto both = quantised_clamp(Activation::relu_n1_to_1, output);
        EXPECT_EQ(both.value().low, scale < 1 ? -128 : 3) << scale;
    }
    EXPECT_FALSE(quantised_clamp(Activation::relu6, output_of(plan::Type::s8, 0.0F, 0)).ok());
    EXPECT_FALSE(quantised_clamp(Activation::none, output_of(plan::Type::s8, -1.0F, 0)).ok());
}

TEST(Requant, AScaleIsUsableWhereItsInverseAndItsDifferencesAreNumbers) {
    EXPECT_TRUE(has_usable_scale(output_of(plan::Type::s8, 0.5F, -128)));
    for (const float scale : {0.0F, -1.0F, 1e-45F, std::numeric_limits<float>::infinity()}) {
        EXPECT_FALSE(has_usable_scale(output_of(plan::Type::s8, scale, 0))) << scale;
    }
    constexpr std::int32_t kMost = std::numeric_limits<std::int32_t>::max();
    EXPECT_FALSE(has_usable_scale(output_of(plan::Type::s8, 1.0F, kMost)));
    EXPECT_FALSE(has_usable_scale(output_of(plan::Type::s8, 1.0F, -kMost)));
}

}  // namespace
}  // namespace verge
