// Pictures: round trips, what JPEG keeps, limits before decoding, and files that end early.

#include "formats/image/image.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <random>

#include <gtest/gtest.h>
#include <stb/stb_image_write.h>

#include "formats/hostile_test.hpp"
#include "platform/file.hpp"

namespace verge::image {
namespace {

using Bytes = std::vector<std::byte>;

Image random_image(std::mt19937& random, std::uint32_t channels) {
    Image image{static_cast<std::uint32_t>(1 + random() % 20),
                static_cast<std::uint32_t>(1 + random() % 20),
                channels,
                {}};
    image.pixels.resize(std::size_t{image.width} * image.height * channels);
    for (std::uint8_t& sample : image.pixels) {
        sample = static_cast<std::uint8_t>(random());
    }
    return image;
}

/// A smooth picture, which JPEG keeps nearly as it is.
Image slope() {
    Image image{16, 16, 3, {}};
    for (std::uint32_t i = 0; i < 256; ++i) {
        const auto level = static_cast<std::uint8_t>(40 + 8 * (i % 16) + 4 * (i / 16));
        image.pixels.insert(image.pixels.end(), 3, level);
    }
    return image;
}

void append(void* context, void* data, int bytes) {
    const auto* first = static_cast<const std::byte*>(data);
    static_cast<Bytes*>(context)->insert(static_cast<Bytes*>(context)->end(), first, first + bytes);
}

Bytes jpeg_of(const Image& image) {
    Bytes file;
    EXPECT_NE(stbi_write_jpg_to_func(&append, &file, static_cast<int>(image.width),
                                     static_cast<int>(image.height),
                                     static_cast<int>(image.channels), image.pixels.data(), 95),
              0);
    return file;
}

Bytes bmp_of(const Image& image) {
    Bytes file;
    EXPECT_NE(stbi_write_bmp_to_func(&append, &file, static_cast<int>(image.width),
                                     static_cast<int>(image.height),
                                     static_cast<int>(image.channels), image.pixels.data()),
              0);
    return file;
}

Outcome<Image> read(std::span<const std::byte> file) {
    return read_image(file);
}

bool is_consistent(const Image& image) {
    return image.pixels.size() == std::size_t{image.width} * image.height * image.channels;
}

TEST(Image, RoundTripsThroughPngPpmAndBmp) {
    std::mt19937 random(2);
    for (int round = 0; round < 60; ++round) {
        for (const std::uint32_t channels : {1U, 2U, 3U, 4U}) {
            const Image image = random_image(random, channels);
            EXPECT_EQ(read(write_png(image).value()).value(), image);
        }
        for (const std::uint32_t channels : {1U, 3U}) {
            const Image image = random_image(random, channels);
            EXPECT_EQ(read(write_ppm(image).value()).value(), image);
        }
        const Image image = random_image(random, 3);
        EXPECT_EQ(read(bmp_of(image)).value(), image);
    }
}

TEST(Image, ReadsAJpegNearlyAsItWas) {
    const Image image = slope();
    const Image back = read(jpeg_of(image)).value();
    ASSERT_EQ(back.pixels.size(), image.pixels.size());
    for (std::size_t i = 0; i < back.pixels.size(); ++i) {
        ASSERT_NEAR(back.pixels[i], image.pixels[i], 4);
    }
}

TEST(Image, GivesTheChannelsThatAreWantedTheSameForEachKind) {
    std::mt19937 random(4);
    const Image colour = random_image(random, 3);
    const Image from_png = read_image(write_png(colour).value(), Channels::grey).value();
    EXPECT_EQ(from_png.channels, 1U);
    EXPECT_EQ(from_png, read_image(write_ppm(colour).value(), Channels::grey).value());
    EXPECT_EQ(from_png, read_image(bmp_of(colour), Channels::grey).value());
    const Image grey = random_image(random, 1);
    const Image spread = read_image(write_png(grey).value(), Channels::rgb).value();
    EXPECT_EQ(spread, read_image(write_ppm(grey).value(), Channels::rgb).value());
    EXPECT_EQ(spread.pixels[2], grey.pixels[0]);
}

TEST(Image, RefusesEachTruncationOfEachKind) {
    for (const Bytes& file : {write_png(slope()).value(), write_ppm(slope()).value(),
                              bmp_of(slope()), jpeg_of(slope())}) {
        formats::expect_each_truncation_refused(file, &read);
    }
}

TEST(Image, StandsEachByteChangedOfEachKind) {
    const Image small{4, 3, 3, std::vector<std::uint8_t>(36, 77)};
    const Bytes png = write_png(small).value();
    EXPECT_EQ(formats::read_each_corruption(png, &read, &is_consistent), 4 * png.size())
        << "a PNG has checksums";
    for (const Bytes& file : {write_ppm(small).value(), bmp_of(small), jpeg_of(small)}) {
        EXPECT_GT(formats::read_each_corruption(file, &read, &is_consistent), 20U);
    }
}

TEST(Image, RefusesAHuffmanTableOfMoreThan256Codes) {
    Bytes file = jpeg_of(slope());
    const Bytes marker = formats::bytes_of("\xFF\xC4");
    const auto table = std::search(file.begin(), file.end(), marker.begin(), marker.end());
    ASSERT_NE(table, file.end());
    std::fill_n(table + 5, 16, std::byte{255});
    EXPECT_NE(read(file).error().what.find("claims 4080 codes"), std::string::npos);
}

TEST(Image, RefusesWhatIsTooLargeBeforeItDecodes) {
    EXPECT_EQ(read_image(write_png(slope()).value(), Channels::rgb, {.side = 15}).error().what,
              "the picture has 16x16 pixels");
    EXPECT_FALSE(read_image(write_ppm(slope()).value(), Channels::rgb, {.pixels = 255}).ok());
    EXPECT_TRUE(
        read_image(write_ppm(slope()).value(), Channels::rgb, {.side = 16, .pixels = 256}).ok());
}

TEST(Image, SaysWhatItCannotRead) {
    EXPECT_EQ(read(formats::bytes_of("GIF89a")).error().wanted,
              "JPEG, PNG, BMP, PGM (P5) or PPM (P6)");
    EXPECT_FALSE(read({}).ok());
    EXPECT_FALSE(write_ppm({1, 1, 2, {0, 0}}).ok());
    EXPECT_FALSE(write_png({2, 2, 1, {0, 0, 0}}).ok());
    EXPECT_FALSE(write_png({}).ok());
    Bytes bmp = bmp_of(slope());
    bmp[30] = std::byte{1};
    EXPECT_EQ(read(bmp).error().what, "the BMP is run-length packed");
}

TEST(SharedData, ReadsEveryPictureThere) {
    namespace fs = std::filesystem;
    const char* chosen = std::getenv("VERGE_DATA");
    const fs::path root =
        chosen != nullptr ? fs::path(chosen) : fs::path(VERGE_SOURCE_DIR) / "../shared/data";
    if (!fs::is_directory(root)) {
        GTEST_SKIP() << "there is no ../shared/data (or VERGE_DATA)";
    }
    std::size_t files = 0;
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
        const std::string ending = entry.path().extension().string();
        if (files < 150 && (ending == ".jpg" || ending == ".png" || ending == ".bmp" ||
                            ending == ".ppm" || ending == ".pgm")) {
            const auto picture = read(platform::read_file(entry.path().string()).value());
            ASSERT_TRUE(picture.ok()) << entry.path() << ": " << picture.error().message();
            ++files;
        }
    }
    EXPECT_GT(files, 10U);
}

}  // namespace
}  // namespace verge::image
