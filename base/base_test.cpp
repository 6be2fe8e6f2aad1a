#include <cmath>

#include <gtest/gtest.h>

#include "base/cpu_here.hpp"
#include "base/fixed_point.hpp"
#include "base/outcome.hpp"

namespace verge {
namespace {

/// The definition: round half away from zero, in long double.
std::int32_t by_definition(std::int32_t x, std::int32_t m, int shift) {
    const auto first =
        static_cast<std::int64_t>(std::round(static_cast<long double>(x) * m / (1LL << 31U)));
    return static_cast<std::int32_t>(std::round(static_cast<long double>(first) / (1LL << -shift)));
}

TEST(FixedPoint, MultiplyRoundsTwiceHalfAwayFromZero) {
    std::uint32_t state = 1;
    for (int i = 0; i < 200000; ++i) {
        state = state * 1664525U + 1013904223U;
        const auto x = static_cast<std::int32_t>(state);
        state = state * 1664525U + 1013904223U;
        const auto m = static_cast<std::int32_t>((state >> 2U) | 0x40000000U);
        const int shift = -static_cast<int>(state % 31U);
        ASSERT_EQ(multiply(x, m, shift), by_definition(x, m, shift))
            << x << " " << m << " " << shift;
    }
}

TEST(FixedPoint, HighMultiplySaturatesItsOneOverflow) {
    constexpr auto kLow = std::numeric_limits<std::int32_t>::min();
    EXPECT_EQ(high_multiply(kLow, kLow), std::numeric_limits<std::int32_t>::max());
}

TEST(FixedPoint, RoundHalfEvenIsNearbyint) {
    for (int i = -4000; i <= 4000; ++i) {
        const float x = static_cast<float>(i) * 0.25F;
        EXPECT_EQ(round_half_even(x), static_cast<std::int32_t>(std::nearbyint(x))) << x;
    }
}

TEST(Outcome, AnErrorCollectsItsRoadOutermostFirst) {
    const Error error = bad_input("found 3", "2").within("operator 1").within("a.tflite");
    EXPECT_EQ(error.message(), "a.tflite: operator 1: found 3; wanted: 2");
}

TEST(Cpu, AnUnknownNameIsAnsweredWithTheKnownOnes) {
    const auto parsed = cpu::parse("pentium");
    ASSERT_FALSE(parsed.ok());
    EXPECT_NE(parsed.error().message().find("avx512"), std::string::npos);
}

}  // namespace
}  // namespace verge
