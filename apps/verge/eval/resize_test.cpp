#include "apps/verge/eval/resize.hpp"

#include <gtest/gtest.h>

namespace verge::apps {
namespace {

image::Image line_of(std::vector<std::uint8_t> pixels) {
    const auto width = static_cast<std::uint32_t>(pixels.size());
    return {width, 1, 1, std::move(pixels)};
}

TEST(Resize, KeepsAPictureThatHasItsSize) {
    const image::Image picture{2, 2, 1, {1, 2, 3, 4}};
    EXPECT_EQ(resize_bilinear(picture, 2, 2, true), picture);
}

TEST(Resize, GrowsBetweenPixelCentres) {
    // New centres lie at -1/4, 1/4, 3/4 and 5/4 of the old ones.
    EXPECT_EQ(resize_bilinear(line_of({0, 100}), 4, 1, true).pixels,
              (std::vector<std::uint8_t>{0, 25, 75, 100}));
}

TEST(Resize, AveragesWhatItShrinks) {
    // A triangle over the eight nearest pixels: 1 3 5 7 7 5 3 1, cut at the edge and divided by its
    // sum.
    const image::Image smooth =
        resize_bilinear(line_of({0, 0, 0, 0, 255, 255, 255, 255}), 2, 1, true);
    EXPECT_EQ(smooth.pixels, (std::vector<std::uint8_t>{36, 219}));
    const image::Image points = resize_bilinear(line_of({0, 200, 0, 0, 200, 0}), 2, 1, false);
    EXPECT_EQ(points.pixels, (std::vector<std::uint8_t>{200, 200}));
}

TEST(Resize, KeepsChannelsAndDirectionsApart) {
    const image::Image picture{1, 2, 3, {10, 20, 30, 110, 120, 130}};
    const image::Image result = resize_bilinear(picture, 1, 1, true);
    EXPECT_EQ(result.pixels, (std::vector<std::uint8_t>{60, 70, 80}));
}

TEST(Resize, LeavesAFlatPictureFlat) {
    image::Image picture{37, 23, 1, std::vector<std::uint8_t>(37 * 23, 201)};
    for (const std::uint8_t pixel : resize_bilinear(picture, 11, 50, true).pixels) {
        ASSERT_EQ(pixel, 201);
    }
}

}  // namespace
}  // namespace verge::apps
