// Piece by piece must be the same as at once.

#include "formats/wav/speech_stream.hpp"

#include <cstring>

#include <gtest/gtest.h>

#include "formats/wav/wav.hpp"

namespace verge::wav {
namespace {

Audio noise_of(std::uint32_t rate, std::uint32_t channels, std::size_t frames) {
    Audio audio{rate, channels, {}};
    std::uint32_t state = 7;
    for (std::size_t i = 0; i < frames * channels; ++i) {
        state = state * 1664525U + 1013904223U;
        audio.samples.push_back(from_int16(static_cast<std::int16_t>(state >> 16U)));
    }
    return audio;
}

std::vector<std::int16_t> streamed(std::span<const std::byte> file, std::size_t piece) {
    auto stream = SpeechStream::open(file);
    EXPECT_TRUE(stream.ok());
    std::vector<std::int16_t> all;
    std::vector<std::int16_t> some(piece);
    for (;;) {
        const auto count = stream.value().read(some);
        EXPECT_TRUE(count.ok());
        if (count.value() == 0) {
            return all;
        }
        all.insert(all.end(), some.begin(),
                   some.begin() + static_cast<std::ptrdiff_t>(count.value()));
    }
}

TEST(SpeechStream, GivesTheSamplesOfTheWholeFileForEveryRate) {
    for (const std::uint32_t rate : {8000U, 11025U, 16000U, 22050U, 44100U, 48000U}) {
        const Audio audio = noise_of(rate, rate == 16000 ? 2 : 1, rate * 21 + 77);
        const std::vector<std::byte> file = write_wav(audio);
        const auto whole = to_mono_16k_int16(audio);
        ASSERT_TRUE(whole.ok());
        EXPECT_EQ(streamed(file, 1000), whole.value()) << rate;
    }
}

TEST(SpeechStream, EndsOnABlockAndInsideOne) {
    for (const std::size_t frames : {std::size_t{0}, std::size_t{1}, std::size_t{79999},
                                     std::size_t{80000}, std::size_t{80001}, std::size_t{88001}}) {
        const Audio audio = noise_of(8000, 1, frames);
        const auto whole = to_mono_16k_int16(audio);
        ASSERT_TRUE(whole.ok());
        EXPECT_EQ(streamed(write_wav(audio), 320), whole.value()) << frames;
    }
}

TEST(SpeechStream, RefusesWhatIsNoSound) {
    const std::string_view text = "hello, this is a text and no recording at all, not one bit";
    EXPECT_FALSE(SpeechStream::open(std::as_bytes(std::span(text))).ok());
    EXPECT_FALSE(SpeechStream::open({}).ok());
    const std::vector<std::byte> file = write_wav(noise_of(16000, 1, 100));
    for (std::size_t bytes = 0; bytes < 44; ++bytes) {
        EXPECT_FALSE(SpeechStream::open(std::span(file).first(bytes)).ok()) << bytes;
    }
}

}  // namespace
}  // namespace verge::wav
