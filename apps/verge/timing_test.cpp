#include "apps/verge/timing.hpp"

#include <gtest/gtest.h>

namespace verge::apps {
namespace {

TEST(Timing, TakesPercentilesFromWhatWasMeasured) {
    std::vector<std::uint64_t> times;
    for (std::uint64_t i = 100; i >= 1; --i) {
        times.push_back(i * 1'000'000);
    }
    const TimingSummary summary = summarise(times);
    EXPECT_DOUBLE_EQ(summary.min_ms, 1);
    EXPECT_DOUBLE_EQ(summary.median_ms, 50);
    EXPECT_DOUBLE_EQ(summary.p90_ms, 90);
    EXPECT_DOUBLE_EQ(summary.p99_ms, 99);
}

TEST(Timing, IsThatOneRunWhenThereIsOnlyOne) {
    const TimingSummary summary = summarise({2'500'000});
    EXPECT_DOUBLE_EQ(summary.min_ms, 2.5);
    EXPECT_DOUBLE_EQ(summary.median_ms, 2.5);
    EXPECT_DOUBLE_EQ(summary.p99_ms, 2.5);
}

}  // namespace
}  // namespace verge::apps
