// PGM and PPM: headers as people write them, maxima other than 255, and headers that lie.

#include "formats/image/pnm.hpp"

#include <gtest/gtest.h>

#include "formats/hostile_test.hpp"

namespace verge::image {
namespace {

Outcome<Image> read(std::string_view text) {
    return read_pnm(formats::bytes_of(text), {});
}

TEST(Pnm, ReadsCommentsAndAnyWhiteSpace) {
    const Image image = read("P5# made by hand\n 2\t#width\n1\r255\nAB").value();
    EXPECT_EQ(image.width, 2U);
    EXPECT_EQ(image.pixels, (std::vector<std::uint8_t>{'A', 'B'}));
}

TEST(Pnm, ScalesOtherMaximaTo255) {
    EXPECT_EQ(read(std::string_view("P5 3 1 15\n\x00\x07\x0F", 13)).value().pixels,
              (std::vector<std::uint8_t>{0, 119, 255}));
    EXPECT_EQ(read(std::string_view("P5 2 1 65535\n\x80\x00\xFF\xFF", 17)).value().pixels,
              (std::vector<std::uint8_t>{128, 255}));
    EXPECT_EQ(read("P5 1 1 10\n\xFF").value().pixels[0], 255) << "above its own maximum";
}

TEST(Pnm, RefusesHeadersThatLie) {
    for (const char* text :
         {"P5", "P5 1 1", "P5 1 1 255", "P5 1 1 0\nA", "P5 1 1 65536\nA", "P5 0 1 255\n",
          "P5 1 x 255\nA", "P5 1 1 255A", "P5 99999999999 1 255\nA", "P5 16384 16384 255\nA",
          "P5 -1 1 255\nA"}) {
        EXPECT_FALSE(read(text).ok()) << text;
    }
}

TEST(Pnm, CountsTheBytesAfterTheHeaderExactly) {
    EXPECT_EQ(read("P6 1 1 255\nAB").error().message(), "2 bytes follow the header; wanted: 3");
    EXPECT_FALSE(read("P6 1 1 255\nABCD").ok());
}

}  // namespace
}  // namespace verge::image
