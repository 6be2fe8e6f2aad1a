#include "compiler/memory/place.hpp"

#include <gtest/gtest.h>

namespace verge::compiler {
namespace {

std::string picture(const std::vector<Buffer>& buffers, const std::vector<Overlap>& overlaps = {}) {
    return draw(buffers, place(buffers, overlaps, 1));
}

TEST(Place, BuffersOfDifferentTimesShareBytes) {
    EXPECT_EQ(picture({{"a", 100, 0, 1}, {"b", 50, 1, 2}, {"c", 100, 2, 3}}),
              "##.. 0+100 a\n"
              ".##. 100+50 b\n"
              "..## 0+100 c\n"
              "150 bytes\n");
}

TEST(Place, AnOutputLiesOverTheInputThatDiesThere) {
    EXPECT_EQ(picture({{"x", 100, 0, 0}, {"y", 100, 0, 1}}, {{1, 0, 12}}),
              "#. 12+100 x\n"
              "## 0+100 y\n"
              "112 bytes\n");
}

TEST(Place, InPlaceNeedsNothingMore) {
    const auto placement = place({{"x", 64, 0, 0}, {"y", 64, 0, 1}}, {{1, 0, 0}}, 16);
    EXPECT_EQ(placement.bytes, 64U);
    EXPECT_EQ(placement.overlaps, (std::vector<std::size_t>{0}));
}

TEST(Place, ABiggerOutputEndsBehindItsInput) {
    // A 1x1 convolution that doubles the channels: the input stands at the tail of the output.
    const auto placement = place({{"x", 80, 0, 0}, {"y", 160, 0, 0}}, {{1, 0, 88}}, 1);
    EXPECT_EQ(placement.bytes, 168U);
    EXPECT_EQ(placement.offsets[0] - placement.offsets[1], 88U);
}

TEST(Place, OffsetsAreAligned) {
    const auto placement = place({{"a", 3, 0, 2}, {"b", 5, 0, 2}, {"c", 7, 0, 2}}, {}, 16);
    for (const auto offset : placement.offsets) {
        EXPECT_EQ(offset % 16, 0U);
    }
    EXPECT_LE(placement.bytes, 39U);
}

/// No two buffers of one time may collide, except where an overlap allows it.
void expect_sound(const std::vector<Buffer>& buffers,
                  const std::vector<Overlap>& overlaps,
                  const Placement& placement) {
    for (std::size_t a = 0; a < buffers.size(); ++a) {
        for (std::size_t b = 0; b < a; ++b) {
            const bool meet =
                buffers[a].first <= buffers[b].last && buffers[b].first <= buffers[a].last;
            const bool touch = placement.offsets[a] < placement.offsets[b] + buffers[b].bytes &&
                               placement.offsets[b] < placement.offsets[a] + buffers[a].bytes;
            bool allowed = !meet || !touch;
            for (const Overlap& overlap : overlaps) {
                const bool is_pair = (overlap.output == a && overlap.input == b) ||
                                     (overlap.output == b && overlap.input == a);
                allowed |= is_pair && placement.offsets[overlap.output] + overlap.distance <=
                                          placement.offsets[overlap.input];
            }
            EXPECT_TRUE(allowed) << a << " and " << b << "\n" << draw(buffers, placement);
        }
    }
}

TEST(Place, RandomProblemsAreSoundAndNeverWorseThanSideBySide) {
    std::uint32_t state = 3;
    const auto next = [&](std::uint32_t limit) {
        state = state * 1664525U + 1013904223U;
        return (state >> 8U) % limit;
    };
    for (int round = 0; round < 60; ++round) {
        std::vector<Buffer> buffers;
        std::vector<Overlap> overlaps;
        std::uint64_t total = 0;
        for (std::size_t i = 0; i < 12; ++i) {
            const std::uint32_t first = next(10);
            buffers.push_back({"b", 1 + next(500), first, first + next(4)});
            total += buffers.back().bytes;
            for (std::size_t j = 0; j < i; ++j) {
                if (buffers[j].last == first) {
                    overlaps.push_back({i, j, next(40)});
                    break;
                }
            }
        }
        const Placement placement = place(buffers, overlaps, 1);
        expect_sound(buffers, overlaps, placement);
        EXPECT_LE(placement.bytes, total + 40 * overlaps.size());
    }
}

}  // namespace
}  // namespace verge::compiler
