// WAV: each sample form, files as pipes deliver them, and files that lie about their sizes.

#include "formats/wav/wav.hpp"

#include <bit>
#include <cstdlib>
#include <filesystem>
#include <limits>
#include <random>
#include <string>

#include <gtest/gtest.h>

#include "formats/hostile_test.hpp"
#include "formats/wav/flac.hpp"
#include "platform/file.hpp"

namespace verge::wav {
namespace {

using formats::bytes_of;

std::string little(std::uint64_t value, unsigned bytes) {
    std::string text;
    for (unsigned i = 0; i < bytes; ++i) {
        text += static_cast<char>(value >> (8U * i));
    }
    return text;
}

std::string chunk(const std::string& name, const std::string& content) {
    return name + little(content.size(), 4) + content + std::string(content.size() % 2, '\0');
}

struct Form {
    unsigned tag = 1;
    unsigned channels = 1;
    unsigned rate = 16000;
    unsigned bits = 16;
};

std::string format_chunk(Form form) {
    const unsigned block = form.channels * form.bits / 8;
    return little(form.tag, 2) + little(form.channels, 2) + little(form.rate, 4) +
           little(form.rate * block, 4) + little(block, 2) + little(form.bits, 2);
}

std::vector<std::byte> riff(const std::string& chunks) {
    return bytes_of("RIFF" + little(4 + chunks.size(), 4) + "WAVE" + chunks);
}

std::vector<std::byte> file_of(Form form, const std::string& data) {
    return riff(chunk("fmt ", format_chunk(form)) + chunk("data", data));
}

std::vector<float> samples_of(const std::vector<std::byte>& file) {
    return read_wav(file).value().samples;
}

std::string message_of(const std::vector<std::byte>& file) {
    const Outcome<Audio> audio = read_wav(file);
    return audio.ok() ? "" : audio.error().message();
}

Audio random_int16(std::mt19937& random, std::size_t frames, std::uint32_t channels) {
    Audio audio{static_cast<std::uint32_t>(8000 + random() % 40000), channels, {}};
    for (std::size_t i = 0; i < frames * channels; ++i) {
        audio.samples.push_back(from_int16(static_cast<std::int16_t>(random())));
    }
    return audio;
}

TEST(Wav, ReadsEachSampleForm) {
    using Floats = std::vector<float>;
    EXPECT_EQ(samples_of(file_of({.bits = 8}, std::string("\x00\x80\xC0\xFF", 4))),
              (Floats{-1.0F, 0.0F, 0.5F, 127.0F / 128.0F}));
    EXPECT_EQ(samples_of(file_of({}, little(0x8000, 2) + little(1, 2) + little(0x7FFF, 2))),
              (Floats{-1.0F, 1.0F / 32768.0F, 32767.0F / 32768.0F}));
    EXPECT_EQ(samples_of(file_of({.bits = 24},
                                 little(0x800000, 3) + little(0xFFFFFF, 3) + little(0x400001, 3))),
              (Floats{-1.0F, -1.0F / 8388608.0F, 4194305.0F / 8388608.0F}));
    EXPECT_EQ(samples_of(file_of({.bits = 32}, little(0x80000000, 4) + little(0x40000000, 4))),
              (Floats{-1.0F, 0.5F}));
    EXPECT_EQ(
        samples_of(file_of({.tag = 3, .bits = 32}, little(std::bit_cast<std::uint32_t>(1.25F), 4))),
        (Floats{1.25F}));
    EXPECT_EQ(
        samples_of(file_of({.tag = 3, .bits = 64}, little(std::bit_cast<std::uint64_t>(-0.75), 8))),
        (Floats{-0.75F}));
}

TEST(Wav, ReadsTheExtensibleFormat) {
    const std::string guid_tail("\x00\x00\x00\x00\x10\x00\x80\x00\x00\xAA\x00\x38\x9B\x71", 14);
    const std::string start = format_chunk({.tag = 0xFFFE, .channels = 2, .bits = 24});
    const std::string extension = little(22, 2) + little(24, 2) + little(3, 4);
    const std::string data = chunk("data", std::string(12, '\0'));
    EXPECT_EQ(read_wav(riff(chunk("fmt ", start + extension + little(1, 2) + guid_tail) + data))
                  .value()
                  .frames(),
              2U);
    EXPECT_NE(message_of(riff(
                  chunk("fmt ", start + extension + little(1, 2) + std::string(14, 'x')) + data)),
              "");
    EXPECT_NE(message_of(riff(chunk("fmt ", start) + data)), "");
}

TEST(Wav, RoundTripsSixteenBitFilesBitForBit) {
    std::mt19937 random(5);
    for (std::size_t frames = 0; frames < 50; ++frames) {
        const Audio audio =
            random_int16(random, frames, 1 + static_cast<std::uint32_t>(frames % 3));
        EXPECT_EQ(read_wav(write_wav(audio)).value(), audio);
    }
}

TEST(Wav, SkipsOtherChunksAndTheirPadding) {
    const auto file = riff(chunk("LIST", "odd") + chunk("fmt ", format_chunk({})) +
                           chunk("fact", "1234") + chunk("data", "abcd") + chunk("id3 ", "x"));
    EXPECT_EQ(samples_of(file).size(), 2U);
}

TEST(Wav, ReadsAPipesOpenSizesToTheEnd) {
    for (const std::uint32_t open : {0U, 0x7FFFF000U, 0x80000000U, 0xFFFFFFFFU}) {
        const std::string text = "RIFF" + little(open, 4) + "WAVE" +
                                 chunk("fmt ", format_chunk({})) + "data" + little(open, 4) +
                                 "abcdefg";
        EXPECT_EQ(samples_of(bytes_of(text)).size(), 3U)
            << "size " << open << "; the odd byte is no frame";
    }
    const auto ffmpeg = "RIFF" + little(0xFFFFFFFF, 4) + "WAVE" + chunk("fmt ", format_chunk({})) +
                        chunk("LIST", "made by") + "data" + little(0xFFFFFFFF, 4) + "abcd";
    EXPECT_EQ(samples_of(bytes_of(ffmpeg)).size(), 2U);
}

TEST(Wav, TakesAnEmptyRecordingForEmpty) {
    const auto file =
        riff(chunk("fmt ", format_chunk({})) + chunk("data", "") + chunk("LIST", "not sound"));
    EXPECT_TRUE(samples_of(file).empty());
}

TEST(Wav, RefusesEachTruncation) {
    const auto plain = file_of({}, "abcdefgh");
    const auto trailed =
        riff(chunk("fmt ", format_chunk({})) + chunk("data", "abcd") + chunk("LIST", "tags"));
    const auto odd = file_of({.bits = 8}, "abc");
    for (const auto& file : {plain, trailed, odd}) {
        formats::expect_each_truncation_refused(file, &read_wav);
    }
}

TEST(Wav, StandsEachByteChanged) {
    const auto is_whole = [](const Audio& audio) {
        return audio.samples.size() % audio.channels == 0;
    };
    EXPECT_GT(
        formats::read_each_corruption(file_of({.channels = 2}, "abcdefgh"), &read_wav, is_whole),
        80U);
}

TEST(Wav, SaysWhatItCannotRead) {
    const std::string data = chunk("data", "abcd");
    EXPECT_NE(message_of(file_of({.tag = 7, .bits = 8}, "ab")).find("mu-law of 8 bits"),
              std::string::npos);
    EXPECT_NE(message_of(file_of({.bits = 12}, "ab")).find("PCM of 12 bits"), std::string::npos);
    EXPECT_NE(message_of(file_of({.channels = 0}, "ab")).find("0 channels"), std::string::npos);
    EXPECT_NE(message_of(file_of({.rate = 0}, "ab")).find("at 0 Hz"), std::string::npos);
    EXPECT_NE(message_of(file_of({.channels = 2}, "abcdef")).find("no whole number of frames"),
              std::string::npos);
    EXPECT_NE(message_of(riff(data + chunk("fmt ", format_chunk({})))).find("before 'fmt '"),
              std::string::npos);
    EXPECT_NE(message_of(riff(chunk("fmt ", format_chunk({})))).find("no chunk 'data'"),
              std::string::npos);
    EXPECT_NE(message_of(riff(chunk("fmt ", format_chunk({})) + data + data)).find("two 'data'"),
              std::string::npos);
    EXPECT_NE(message_of(bytes_of("RF64....WAVE")).find("RF64"), std::string::npos);
    EXPECT_NE(message_of(bytes_of("not a sound file")).find("does not begin as a WAV"),
              std::string::npos);
}

TEST(Audio, MakesThe16BitSamplesItWasMadeFrom) {
    for (int value = -32768; value <= 32767; ++value) {
        const auto sample = static_cast<std::int16_t>(value);
        ASSERT_EQ(to_int16(from_int16(sample)), sample);
    }
    EXPECT_EQ(to_int16(1.0F), 32767);
    EXPECT_EQ(to_int16(-7.0F), -32768);
    EXPECT_EQ(to_int16(std::numeric_limits<float>::infinity()), 32767);
    EXPECT_EQ(to_int16(std::numeric_limits<float>::quiet_NaN()), 0);
}

TEST(Audio, PassesSpeechRateMonoBitForBitAndAveragesChannels) {
    std::mt19937 random(6);
    Audio audio = random_int16(random, 1000, 1);
    audio.sample_rate = 16000;
    const auto samples = to_mono_16k_int16(audio).value();
    for (std::size_t i = 0; i < samples.size(); ++i) {
        ASSERT_EQ(samples[i], to_int16(audio.samples[i]));
    }
    EXPECT_EQ(to_mono({8000, 2, {0.5F, -0.25F, 1.0F, 1.0F}}), (std::vector<float>{0.125F, 1.0F}));
}

TEST(SharedData, ReadsEverySoundFileThere) {
    namespace fs = std::filesystem;
    const char* chosen = std::getenv("VERGE_DATA");
    const fs::path root =
        chosen != nullptr ? fs::path(chosen) : fs::path(VERGE_SOURCE_DIR) / "../shared/data";
    if (!fs::is_directory(root)) {
        GTEST_SKIP() << "there is no ../shared/data (or VERGE_DATA)";
    }
    std::size_t files = 0;
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
        const fs::path& path = entry.path();
        if (path.extension() == ".wav" || path.extension() == ".flac") {
            const auto audio = read_audio(platform::read_file(path.string()).value());
            ASSERT_TRUE(audio.ok()) << path << ": " << audio.error().message();
            EXPECT_GT(audio.value().frames(), 0U) << path;
            ++files;
        }
    }
    EXPECT_GT(files, 1000U);
}

}  // namespace
}  // namespace verge::wav
