#include "apps/verge/eval/preprocess.hpp"

#include <cstring>

#include <gtest/gtest.h>

#include "apps/verge/feature_input.hpp"
#include "formats/image/image.hpp"
#include "formats/npy/npy.hpp"
#include "formats/wav/wav.hpp"
#include "platform/file.hpp"
#include "platform/machine.hpp"

namespace verge::apps {
namespace {

PortInfo port(plan::Type type,
              std::vector<std::int64_t> shape,
              float scale = 0,
              std::int32_t zero_point = 0) {
    PortInfo info{0, "x", type, std::move(shape), 0, scale, zero_point};
    info.bytes = element_count(info) * plan::element_bytes(type);
    return info;
}

class PreprocessTest : public testing::Test {
protected:
    std::string write(const std::string& name, std::span<const std::byte> bytes) {
        std::string path = folder_.path() + "/" + name;
        EXPECT_TRUE(platform::write_file_atomically(path, bytes).ok());
        return path;
    }

    Outcome<std::vector<Tensors>> read(const PortInfo& info,
                                       const std::string& path,
                                       std::string_view spec) {
        return read_sample({info}, path,
                           {.preprocess = parse_preprocess(spec).value(), .read = {}});
    }

    platform::TemporaryFolder folder_ = platform::TemporaryFolder::create().value();
};

TEST_F(PreprocessTest, ReadsWhatTheHelpLists) {
    const Preprocess image =
        parse_preprocess("image:resize=96x48,scale=1/128,offset=-1,channels=3,smooth=0").value();
    EXPECT_EQ(image.kind, PreprocessKind::image);
    EXPECT_EQ(image.image.size->width, 96U);
    EXPECT_EQ(image.image.size->height, 48U);
    EXPECT_EQ(image.image.scale, 1.0F / 128);
    EXPECT_EQ(image.image.offset, -1.0F);
    EXPECT_EQ(image.image.channels, 3U);
    EXPECT_FALSE(image.image.smooths);
    EXPECT_TRUE(parse_preprocess("image:bytes").value().image.reinterprets);
    for (const signal::NamedSource& entry : signal::kFeatureSources) {
        const Preprocess speech = parse_preprocess(entry.name).value();
        EXPECT_EQ(speech.kind, PreprocessKind::speech);
        EXPECT_EQ(speech.front_end, entry.source);
    }
    EXPECT_EQ(parse_preprocess("micro_frontend").value().front_end, &signal::kMicroFrontend20ms);
}

TEST_F(PreprocessTest, RefusesWhatItDoesNotKnowAndSaysWhatThereIs) {
    for (const char* spec :
         {"", "raws", "image:size=9x9", "image:resize=9", "image:resize=0x9", "image:scale=1/0",
          "image:channels=2", "image:scale=x", "image:,", "image:smooth=2", "mfcc:13"}) {
        const auto parsed = parse_preprocess(spec);
        ASSERT_FALSE(parsed.ok()) << spec;
        EXPECT_NE(parsed.error().wanted.find("microfrontend"), std::string::npos) << spec;
    }
}

TEST_F(PreprocessTest, QuantisesPixelsByTheScaleOfTheInput) {
    const image::Image picture{2, 1, 1, {0, 255}};
    const std::string path = write("a.png", image::write_png(picture).value());
    const auto s8 =
        read(port(plan::Type::s8, {1, 1, 2, 1}, 1.0F / 255, -128), path, "image").value();
    EXPECT_EQ(s8[0][0], (std::vector<std::byte>{std::byte{0x80}, std::byte{0x7f}}));
    const auto u8 = read(port(plan::Type::u8, {1, 1, 2, 1}, 1.0F / 128, 128), path,
                         "image:scale=1/128,offset=-1")
                        .value();
    EXPECT_EQ(u8[0][0], (std::vector<std::byte>{std::byte{0}, std::byte{255}}));
    const auto same =
        read(port(plan::Type::s8, {1, 1, 2, 1}, 1.0F, 7), path, "image:bytes").value();
    EXPECT_EQ(same[0][0], (std::vector<std::byte>{std::byte{0}, std::byte{255}}));
}

TEST_F(PreprocessTest, BringsAPictureToTheSizeAndChannelsOfTheInput) {
    const image::Image picture{4, 4, 3, std::vector<std::uint8_t>(48, 255)};
    const std::string path = write("white.png", image::write_png(picture).value());
    const auto floats = read(port(plan::Type::f32, {1, 2, 3}), path, "image:offset=1").value();
    ASSERT_EQ(floats[0][0].size(), 24U);
    float last = 0;
    std::memcpy(&last, floats[0][0].data() + 20, 4);
    EXPECT_EQ(last, 2.0F);
    const auto wrong = read(port(plan::Type::f32, {1, 2, 3}), path, "image:resize=4x4");
    ASSERT_FALSE(wrong.ok());
    EXPECT_EQ(wrong.error().what, "a picture of 4 x 4 pixels and 3 channels");
}

TEST_F(PreprocessTest, MakesFramesOfFeaturesFromSpeech) {
    const wav::Audio silence{16000, 1, std::vector<float>(4000, 0.0F)};
    const std::string path = write("silence.wav", wav::write_wav(silence));
    const auto frames =
        read(port(plan::Type::s8, {1, 1960}, 0.1F, -128), path, "micro_frontend").value();
    EXPECT_EQ(frames[0][0], std::vector<std::byte>(1960, std::byte{0x80}));
    const auto reals = read(port(plan::Type::f32, {1, 40}), path, "micro_frontend").value();
    EXPECT_EQ(reals[0][0], std::vector<std::byte>(160, std::byte{0}));
    EXPECT_FALSE(read(port(plan::Type::s16, {1, 1960}), path, "micro_frontend").ok());
    EXPECT_FALSE(read(port(plan::Type::s8, {1, 1961}), path, "micro_frontend").ok());
}

TEST_F(PreprocessTest, PartsAFileIntoWindowsOnlyWhenAskedTo) {
    const PortInfo info = port(plan::Type::s8, {1, 4});
    const std::vector<std::byte> bytes(12, std::byte{5});
    const std::string path = write("three.bin", bytes);
    EXPECT_FALSE(read(info, path, "raw").ok());
    const SampleOptions options{.preprocess = {}, .read = {}, .takes_windows = true};
    EXPECT_EQ(read_sample({info}, path, options).value().size(), 3U);
    const npy::Array array{npy::ElementType::i8, {2, 4}, std::vector<std::byte>(8)};
    EXPECT_EQ(read_sample({info}, write("two.npy", npy::write_npy(array)), options).value().size(),
              2U);
    EXPECT_FALSE(read_sample({info}, write("odd.bin", std::span(bytes).first(11)), options).ok());
    EXPECT_FALSE(read_sample({info}, write("none.bin", {}), options).ok());
}

TEST_F(PreprocessTest, NamesTheFileThatIsWrong) {
    const std::string path = write("text.png", std::as_bytes(std::span("not a picture", 13)));
    const auto refused = read(port(plan::Type::s8, {1, 2, 2, 1}, 1, 0), path, "image");
    ASSERT_FALSE(refused.ok());
    EXPECT_NE(refused.error().where.find("text.png"), std::string::npos);
}

}  // namespace
}  // namespace verge::apps
