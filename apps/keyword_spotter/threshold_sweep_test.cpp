// The sweep against the smoother itself, and the bound against tables of the Poisson distribution.

#include "apps/keyword_spotter/threshold_sweep.hpp"

#include <array>
#include <vector>

#include <gtest/gtest.h>

namespace verge::spotter {
namespace {

/// A stream of posteriors that rises and falls at random.
std::vector<std::uint8_t> wandering(std::size_t count) {
    std::vector<std::uint8_t> stream;
    std::uint32_t state = 3;
    int value = 100;
    for (std::size_t i = 0; i < count; ++i) {
        state = state * 1664525U + 1013904223U;
        value += static_cast<int>((state >> 16U) % 81) - 40;
        value = value < 0 ? 0 : value > 255 ? 255 : value;
        stream.push_back(static_cast<std::uint8_t>(value));
    }
    return stream;
}

std::uint64_t decisions_of_smoother(const std::vector<std::uint8_t>& stream,
                                    signal::Trigger trigger) {
    const signal::SmoothingSettings settings{.suppression_ms = 300,
                                             .quiet_classes = 0b01,
                                             .classes = 2,
                                             .frames = 1,
                                             .minimum_frames = 1,
                                             .triggers = signal::same_for_all(trigger)};
    std::array<std::uint8_t, 2> history{};
    signal::Smoother smoother;
    smoother.reset(settings, history);
    std::uint64_t count = 0;
    std::uint32_t time_ms = 0;
    for (const std::uint8_t value : stream) {
        const std::array<std::uint8_t, 2> posteriors{0, value};
        count += smoother.push(std::span<const std::uint8_t>(posteriors), time_ms).is_new ? 1 : 0;
        time_ms += 40;
    }
    return count;
}

TEST(ThresholdSweep, CountsWhatTheSmootherDecidesForEveryThreshold) {
    const std::vector<std::uint8_t> stream = wandering(3000);
    ThresholdSweep sweep({200, 100}, 300);
    sweep.restart();
    for (std::size_t i = 0; i < stream.size(); ++i) {
        sweep.push(stream[i], static_cast<std::uint32_t>(40 * i));
    }
    for (int t = 1; t < 256; ++t) {
        const auto threshold = static_cast<std::uint8_t>(t);
        ASSERT_EQ(sweep.decisions(threshold),
                  decisions_of_smoother(stream, {threshold, sweep.release(threshold)}))
            << t;
    }
    EXPECT_GT(sweep.decisions(200), 10U);
}

TEST(PoissonUpperBound, IsThatOfTheTables) {
    EXPECT_NEAR(poisson_upper_bound(0), 2.996, 0.001);
    EXPECT_NEAR(poisson_upper_bound(1), 4.744, 0.001);
    EXPECT_NEAR(poisson_upper_bound(5), 10.513, 0.001);
    EXPECT_NEAR(poisson_upper_bound(20), 29.062, 0.001);
    EXPECT_NEAR(poisson_upper_bound(2000), 2075.2, 0.5);
    EXPECT_NEAR(poisson_upper_bound(201) - poisson_upper_bound(200), 1.06, 0.05);
}

std::vector<Choice> some_choices() {
    ThresholdSweep sweep({200, 100}, 0);
    for (const std::uint8_t peak : std::array<std::uint8_t, 4>{150, 180, 180, 230}) {
        sweep.restart();
        sweep.push(peak, 0);
    }
    return choices(sweep, {100, 200, 210, 255}, 2.0);
}

TEST(Choices, CountMissesAndRates) {
    const std::vector<Choice> all = some_choices();
    ASSERT_EQ(all.size(), 255U);
    EXPECT_EQ(all[150 - 1].false_accepts, 4U);
    EXPECT_EQ(all[151 - 1].false_accepts, 3U);
    EXPECT_EQ(all[180 - 1].false_accepts_per_hour, 1.5);
    EXPECT_EQ(all[231 - 1].false_accepts, 0U);
    EXPECT_NEAR(all[231 - 1].false_accepts_at_most, 1.498, 0.001);
    EXPECT_EQ(all[100 - 1].missed, 0U);
    EXPECT_EQ(all[201 - 1].missed, 2U);
}

TEST(Choose, TakesTheLowestThresholdThatKeepsToTheRate) {
    const std::vector<Choice> all = some_choices();
    EXPECT_EQ(choose(all, 0.4).threshold, 231);
    EXPECT_EQ(choose(all, 0.5).threshold, 181);
    EXPECT_EQ(choose(all, 1.5).threshold, 151);
    EXPECT_EQ(choose(all, 100).threshold, 1);
}

TEST(Choose, TakesTheHighestWhenNoneKeepsToIt) {
    ThresholdSweep sweep({200, 100}, 0);
    sweep.push(255, 0);
    EXPECT_EQ(choose(choices(sweep, {255}, 1.0), 0.5).threshold, 255);
}

TEST(RowsOf, ShowTheChoiceAndWhereSomethingChanges) {
    const std::vector<Choice> all = some_choices();
    const Choice& chosen = choose(all, 0.5);
    const std::vector<Choice> rows = rows_of(all, chosen, 100);
    std::vector<int> thresholds;
    for (const Choice& row : rows) {
        thresholds.push_back(row.threshold);
    }
    EXPECT_EQ(thresholds, (std::vector<int>{1, 101, 151, 181, 201, 211, 231}));
}

}  // namespace
}  // namespace verge::spotter
