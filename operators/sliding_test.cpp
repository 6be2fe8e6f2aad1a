// Which taps of a window lie inside: by division what a walk finds.

#include "operators/sliding.hpp"

#include <gtest/gtest.h>

#include "operators/check.hpp"

namespace verge::sliding {
namespace {

/// The taps one by one.
Taps walk(const Axis& a, std::int32_t output) {
    Taps taps{0, a.kernel, output * a.stride - a.pad};
    while (taps.first < taps.last && taps.origin + taps.first * a.dilation < 0) {
        ++taps.first;
    }
    while (taps.last > taps.first && taps.origin + (taps.last - 1) * a.dilation >= a.size) {
        --taps.last;
    }
    return taps;
}

void expect_like_a_walk(const Axis& a) {
    for (std::int32_t output = 0; output < 12; ++output) {
        const Taps wanted = walk(a, output);
        const Taps found = clip(a, output);
        EXPECT_TRUE(found.first == wanted.first && found.last == wanted.last &&
                    found.origin == wanted.origin)
            << "stride " << a.stride << " pad " << a.pad << " kernel " << a.kernel << " dilation "
            << a.dilation << " size " << a.size << " output " << output << ": [" << found.first
            << ", " << found.last << "), not [" << wanted.first << ", " << wanted.last << ")";
    }
}

TEST(Sliding, FindsTheTapsThatLieInside) {
    for (const std::int32_t stride : {1, 2, 5}) {
        for (const std::int32_t pad : {0, 1, 2, 7, 30}) {
            for (const std::int32_t kernel : {1, 2, 3, 8}) {
                for (const std::int32_t dilation : {1, 2, 3, 10}) {
                    for (const std::int32_t size : {1, 2, 3, 9, 40}) {
                        expect_like_a_walk({stride, pad, kernel, dilation, size});
                    }
                }
            }
        }
    }
}

TEST(Sliding, NothingOverflowsAtTheBoundsOfAWindow) {
    constexpr std::int32_t kMost = 1 << 20;
    ASSERT_TRUE(check::is_window({1, 1, kMost, 2047, kMost}));
    for (const std::int32_t size : {1, kMost, 0x7fffffff}) {
        const Taps taps = clip({1, kMost, kMost, 2047, size}, 0);
        EXPECT_EQ(taps.first, kMost / 2047 + 1) << size;
        EXPECT_LE(taps.last, kMost);
        EXPECT_TRUE(taps.last == taps.first || taps.origin + (taps.last - 1) * 2047 < size);
    }
}

}  // namespace
}  // namespace verge::sliding
