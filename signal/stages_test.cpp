// The stages between spectrum and features, each against exact integers or a slow reference in
// double precision.

#include <array>
#include <cmath>
#include <numbers>
#include <vector>

#include <gtest/gtest.h>

#include "signal/energy.hpp"
#include "signal/filter_bank.hpp"
#include "signal/log.hpp"
#include "signal/pcan.hpp"
#include "signal/spectral_subtraction.hpp"
#include "signal/square_root.hpp"
#include "signal/synthetic.hpp"
#include "signal/window.hpp"

namespace verge::signal {
namespace {

TEST(Window, MultipliesShiftsDownAndSaturates) {
    const std::array<std::int16_t, 4> window{4096, 2048, 1, -32768};
    const std::array<std::int16_t, 8> input{-32768, 3, -1, -32768, 100, -3, 4095, 32767};
    std::array<std::int16_t, 8> output{};
    apply_window(input, window, 12, output);
    EXPECT_EQ(output, (std::array<std::int16_t, 8>{-32768, 1, -1, 32767, 100, -2, 0, -32768}));
}

TEST(Window, HannHasTheRoundedWeights) {
    constexpr auto kHalf = hann_half<480>(12);
    for (std::size_t i = 0; i < kHalf.size(); ++i) {
        const double phase = 2 * std::numbers::pi * (static_cast<double>(i) + 0.5) / 480;
        EXPECT_EQ(kHalf[i], std::lround(4096 * (0.5 - 0.5 * std::cos(phase)))) << i;
    }
}

TEST(Window, HalfASymmetricWindowDoesWhatTheWholeDoes) {
    constexpr auto kHalf = hann_half<48>(12);
    std::array<std::int16_t, 48> whole{};
    std::array<std::int16_t, 48> input{};
    Noise noise(7);
    for (std::size_t i = 0; i < 48; ++i) {
        whole[i] = kHalf[i < 24 ? i : 47 - i];
        input[i] = noise.next_sample();
    }
    std::array<std::int16_t, 48> expected{};
    apply_window(input, whole, 12, expected);
    apply_symmetric_window(input, kHalf, 12, input);
    EXPECT_EQ(input, expected);
}

TEST(Energy, SquaresTheLinesInRangeAndLeavesTheOthers) {
    const std::array<ComplexI16, 4> lines{{{1, 1}, {3, -4}, {-32768, -32768}, {5, 5}}};
    std::array<std::uint32_t, 4> output{9, 9, 9, 9};
    energy(lines, 1, 3, output);
    EXPECT_EQ(output, (std::array<std::uint32_t, 4>{9, 25, 0x80000000U, 9}));
}

TEST(FilterBank, SplitsEachLineBetweenTwoChannels) {
    // Lines 1..2 rise into channel 0; lines 3..4 fall from it and rise into channel 1; line 5
    // falls.
    const std::array<std::int16_t, 5> weights{3, 1, 3, 1, 2};
    const std::array<std::int16_t, 5> unweights{1, 3, 1, 3, 2};
    const std::array<std::int16_t, 3> frequency_starts{1, 3, 5};
    const std::array<std::int16_t, 3> weight_starts{0, 2, 4};
    const std::array<std::int16_t, 3> widths{2, 2, 1};
    const FilterBank bank{weights, unweights, frequency_starts, weight_starts, widths};
    const std::array<std::uint32_t, 6> lines{1000, 10, 20, 30, 0xFFFFFFFFU, 50};
    std::array<std::uint64_t, 2> channels{};
    accumulate_channels(bank, lines, channels);
    EXPECT_EQ(channels[0], 10U * 1 + 20U * 3 + 30U * 3 + 0xFFFFFFFFULL * 1);
    EXPECT_EQ(channels[1], 30U * 1 + 0xFFFFFFFFULL * 3 + 50U * 2);
}

bool is_nearest_root(std::uint64_t x, std::uint64_t root) {
    // (root - 1/2)^2 < x < (root + 1/2)^2 in whole numbers: root^2 - root < x <= root^2 + root.
    const auto wide = static_cast<__uint128_t>(root);
    return (root == 0 || wide * wide - wide < x) && x <= wide * wide + wide;
}

TEST(SquareRoot, IsTheNearestWholeNumber) {
    Noise noise(5);
    for (std::uint64_t x = 0; x < 70000; ++x) {
        ASSERT_TRUE(is_nearest_root(x, square_root(x))) << x;
    }
    for (int i = 0; i < 100000; ++i) {
        std::uint64_t x = 0;
        for (int part = 0; part < 4; ++part) {
            x = x << 16 | noise.next();
        }
        x >>= i % 64;
        if (x < 0xFFFF0000U || x > 0xFFFFFFFFU) {
            ASSERT_TRUE(is_nearest_root(x, square_root(x))) << x;
        }
    }
}

TEST(SquareRoot, StopsAtTheLargestRootOfItsWidth) {
    EXPECT_EQ(square_root(0xFFFFFFFFU), 0xFFFFU);
    EXPECT_EQ(square_root(0x100000000U), 0x10000U);
    EXPECT_EQ(square_root(UINT64_MAX), 0xFFFFFFFFU);
}

TEST(SquareRoot, ScalesChannelsDown) {
    const std::array<std::uint64_t, 3> input{0, 1U << 20, 15};
    std::array<std::uint32_t, 3> output{};
    channel_square_roots(input, 2, output);
    EXPECT_EQ(output, (std::array<std::uint32_t, 3>{0, 256, 1}));
}

constexpr SpectralSubtraction kHalves{.smoothing = 8192,
                                      .one_minus_smoothing = 8192,
                                      .alternate_smoothing = 4096,
                                      .alternate_one_minus_smoothing = 12288,
                                      .min_signal_remaining = 1638,
                                      .smoothing_bits = 4,
                                      .spectral_subtraction_bits = 14,
                                      .clamping = false};

TEST(SpectralSubtraction, AveragesEvenAndOddChannelsAtTheirOwnPace) {
    const std::array<std::uint32_t, 2> input{100, 100};
    std::array<std::uint32_t, 2> noise{};
    std::array<std::uint32_t, 2> output{};
    subtract_noise(kHalves, input, noise, output);
    EXPECT_EQ(noise, (std::array<std::uint32_t, 2>{800, 400}));
    EXPECT_EQ(output, (std::array<std::uint32_t, 2>{50, 75}));
    subtract_noise(kHalves, input, noise, output);
    EXPECT_EQ(noise, (std::array<std::uint32_t, 2>{1200, 700}));
    EXPECT_EQ(output, (std::array<std::uint32_t, 2>{25, 56}));
}

TEST(SpectralSubtraction, AlwaysLeavesAShareOfTheSignal) {
    const std::array<std::uint32_t, 1> input{100};
    std::array<std::uint32_t, 1> noise{100000};
    std::array<std::uint32_t, 1> output{};
    subtract_noise(kHalves, input, noise, output);
    EXPECT_EQ(noise[0], 50800U);
    EXPECT_EQ(output[0], 9U);  // floor(100 * 1638 / 16384)
}

TEST(SpectralSubtraction, ClampingPullsTheEstimateDownToTheSignal) {
    SpectralSubtraction settings = kHalves;
    settings.clamping = true;
    const std::array<std::uint32_t, 1> input{100};
    std::array<std::uint32_t, 1> noise{100000};
    std::array<std::uint32_t, 1> output{};
    subtract_noise(settings, input, noise, output);
    EXPECT_EQ(noise[0], 1600U);
    EXPECT_EQ(output[0], 9U);
}

constexpr GainSpec kSpec{.strength = 0.95F, .offset = 80.0F, .gain_bits = 21, .input_bits = 7};
constexpr GainTable kGain = gain_table(kSpec);

TEST(Pcan, TheGainFollowsThePowerWithinTwoPercentAndTwoSteps) {
    for (std::uint32_t x = 0; x < 4000000; x = x * 33 / 32 + 1) {
        const double exact = std::pow(2.0, 21) * std::pow(x / 128.0 + 80.0, -0.95);
        EXPECT_NEAR(gain_of(x, kGain), std::min(exact, 32767.0), 2 + 0.02 * exact) << x;
    }
}

TEST(Pcan, ShrinksSmallRatiosBySquaringAndLargeOnesByOne) {
    GainTable unit{};
    unit[0] =
        4096;  // a gain of 2^12 for no noise: the ratio in 12 fractional bits is the input itself
    const std::array<std::uint32_t, 5> input{0, 1, 2, 3, 1000};
    const std::array<std::uint32_t, 5> noise{};
    std::array<std::uint32_t, 5> output{};
    normalise_amplitude(input, noise, unit, 0, output);
    // x^2/4 below 2, x - 1 from 2 on, in 6 fractional bits.
    EXPECT_EQ(output, (std::array<std::uint32_t, 5>{0, 16, 64, 128, 999 * 64}));
}

TEST(Log, IsWithinThreeQuartersOfAStepOfTheExactLogarithm) {
    for (std::uint64_t x = 1; x <= UINT32_MAX; x = x + x / 1000 + 1) {
        const auto value = static_cast<std::uint32_t>(x);
        EXPECT_NEAR(scaled_log(value, 64), 64 * std::log(static_cast<double>(x)), 0.75) << x;
    }
}

TEST(Log, OfChannelsIsZeroUpToOneAndLimitedTo16Bits) {
    const std::array<std::uint32_t, 4> input{0, 1, 2, UINT32_MAX};
    std::array<std::int16_t, 4> output{};
    channel_logs(input, 2000, 0, output);
    EXPECT_EQ(output, (std::array<std::int16_t, 4>{0, 0, 1386, 32767}));
    channel_logs(input, 64, 3, output);
    EXPECT_EQ(output[1], 133);  // 64 ln 8
}

TEST(Log, ToBase2IsWithinThreeStepsForAllSizes) {
    Noise noise(3);
    for (int bits = 0; bits < 64; ++bits) {
        for (int i = 0; i < 50; ++i) {
            const std::uint64_t low = std::uint64_t{noise.next()} << 32 |
                                      std::uint64_t{noise.next()} << 16 | noise.next();
            const std::uint64_t x =
                std::uint64_t{1} << bits | (low << 16 & ((std::uint64_t{1} << bits) - 1));
            EXPECT_NEAR(log2_q16(x), 65536 * std::log2(static_cast<double>(x)), 3) << x;
        }
    }
}

TEST(Magnitude, Has15LeadingBits) {
    Noise noise(5);
    for (int shift = 0; shift < 15; ++shift) {
        for (int i = 0; i < 50; ++i) {
            const ComplexI32 value{noise.next_sample() * (1 << shift) / 2,
                                   noise.next_sample() * (1 << shift) / 2};
            const double wanted = std::hypot(value.real, value.imag);
            EXPECT_NEAR(magnitude(value), wanted, 0.51 + wanted / 16384);
        }
    }
    EXPECT_EQ(magnitude({0, 0}), 0U);
    EXPECT_EQ(magnitude({-3, 4}), 5U);
}

TEST(Energy, OfWideLinesIsThatOfTheShiftedOnes) {
    const std::array<ComplexI32, 3> lines{{{1, 1}, {3 << 16, -4 * (1 << 16)}, {-1, 0}}};
    std::array<std::uint32_t, 3> output{9, 9, 9};
    energy(lines, 16, 1, 3, output);
    EXPECT_EQ(output, (std::array<std::uint32_t, 3>{9, 25, 1}));
}

TEST(Window, PeriodicHannAndHammingHaveTheRoundedWeights) {
    constexpr auto kHann = periodic_hann_half<480>();
    for (std::size_t i = 0; i < kHann.size(); ++i) {
        const double phase = 2 * std::numbers::pi * static_cast<double>(i) / 480;
        EXPECT_NEAR(kHann[i], 32767 * (0.5 - 0.5 * std::cos(phase)), 0.5001) << i;
    }
    constexpr auto kHamming = hamming_half<1024>();
    for (std::size_t i = 0; i < kHamming.size(); ++i) {
        const double phase = 2 * std::numbers::pi * static_cast<double>(i) / 1023;
        EXPECT_NEAR(kHamming[i], 32767 * (0.54 - 0.46 * std::cos(phase)), 0.5001) << i;
    }
}

}  // namespace
}  // namespace verge::signal
