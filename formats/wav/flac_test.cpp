// FLAC: what libFLAC's encoder packed comes back; broken files do not.

#include "formats/wav/flac.hpp"

#include <cmath>
#include <cstring>
#include <random>

#include <FLAC/stream_encoder.h>
#include <gtest/gtest.h>

#include "formats/hostile_test.hpp"
#include "formats/wav/wav.hpp"

namespace verge::wav {
namespace {

/// The file under construction: the encoder seeks back to fill in length and MD5.
struct Sink {
    std::vector<std::byte> bytes;
    std::size_t at = 0;
};

FLAC__StreamEncoderWriteStatus write_bytes(const FLAC__StreamEncoder* /*encoder*/,
                                           const FLAC__byte* from,
                                           std::size_t bytes,
                                           std::uint32_t /*samples*/,
                                           std::uint32_t /*frame*/,
                                           void* client) {
    Sink& sink = *static_cast<Sink*>(client);
    sink.bytes.resize(std::max(sink.bytes.size(), sink.at + bytes));
    std::memcpy(sink.bytes.data() + sink.at, from, bytes);
    sink.at += bytes;
    return FLAC__STREAM_ENCODER_WRITE_STATUS_OK;
}

FLAC__StreamEncoderSeekStatus seek(const FLAC__StreamEncoder* /*encoder*/,
                                   FLAC__uint64 offset,
                                   void* client) {
    static_cast<Sink*>(client)->at = offset;
    return FLAC__STREAM_ENCODER_SEEK_STATUS_OK;
}

FLAC__StreamEncoderTellStatus tell(const FLAC__StreamEncoder* /*encoder*/,
                                   FLAC__uint64* offset,
                                   void* client) {
    *offset = static_cast<Sink*>(client)->at;
    return FLAC__STREAM_ENCODER_TELL_STATUS_OK;
}

struct Form {
    std::uint32_t channels = 1;
    std::uint32_t bits = 16;
};

std::vector<std::byte> encode(const std::vector<FLAC__int32>& samples, Form form) {
    Sink sink;
    FLAC__StreamEncoder* encoder = FLAC__stream_encoder_new();
    FLAC__stream_encoder_set_channels(encoder, form.channels);
    FLAC__stream_encoder_set_bits_per_sample(encoder, form.bits);
    FLAC__stream_encoder_set_sample_rate(encoder, 16000);
    FLAC__stream_encoder_set_blocksize(encoder, 64);
    EXPECT_EQ(FLAC__stream_encoder_init_stream(encoder, &write_bytes, &seek, &tell, nullptr, &sink),
              FLAC__STREAM_ENCODER_INIT_STATUS_OK);
    const auto frames = static_cast<std::uint32_t>(samples.size() / form.channels);
    EXPECT_TRUE(FLAC__stream_encoder_process_interleaved(encoder, samples.data(), frames));
    EXPECT_TRUE(FLAC__stream_encoder_finish(encoder));
    FLAC__stream_encoder_delete(encoder);
    return sink.bytes;
}

std::vector<FLAC__int32> tone(std::size_t samples, std::uint32_t bits) {
    std::vector<FLAC__int32> values(samples);
    for (std::size_t i = 0; i < samples; ++i) {
        values[i] = static_cast<FLAC__int32>(std::sin(static_cast<double>(i) * 0.3) *
                                             std::ldexp(0.9, static_cast<int>(bits) - 1));
    }
    return values;
}

TEST(Flac, GivesBackWhatWasEncoded) {
    for (const std::uint32_t bits : {8U, 16U, 24U}) {
        for (const std::uint32_t channels : {1U, 2U}) {
            const std::vector<FLAC__int32> samples = tone(500, bits);
            const Audio audio = read_flac(encode(samples, {channels, bits})).value();
            EXPECT_EQ(audio.sample_rate, 16000U);
            EXPECT_EQ(audio.channels, channels);
            ASSERT_EQ(audio.samples.size(), samples.size());
            for (std::size_t i = 0; i < samples.size(); ++i) {
                ASSERT_EQ(audio.samples[i],
                          std::ldexp(static_cast<float>(samples[i]), 1 - static_cast<int>(bits)));
            }
        }
    }
}

TEST(Flac, RefusesEachTruncation) {
    const auto read = [](std::span<const std::byte> file) { return read_flac(file); };
    formats::expect_each_truncation_refused(encode(tone(300, 16), {}), read);
}

TEST(Flac, StandsEachByteChanged) {
    const auto read = [](std::span<const std::byte> file) { return read_flac(file); };
    const auto is_whole = [](const Audio& audio) { return audio.frames() == 300; };
    const std::vector<std::byte> file = encode(tone(300, 16), {});
    EXPECT_GT(formats::read_each_corruption(file, read, is_whole), file.size());
}

TEST(Flac, StopsAtTheLimitOfSamples) {
    const auto file = encode(std::vector<FLAC__int32>(100000, 0), {});
    EXPECT_LT(file.size(), 30000U) << "silence must pack well for this test to mean something";
    EXPECT_EQ(read_flac(file, {.samples = 5000}).error().what,
              "the file holds more than 5000 samples");
    EXPECT_EQ(read_flac(file).value().frames(), 100000U);
}

TEST(Flac, IsToldFromWavByItsFirstBytes) {
    EXPECT_TRUE(read_audio(encode(tone(10, 16), {})).ok());
    EXPECT_TRUE(read_audio(write_wav({8000, 1, {0.5F}})).ok());
    EXPECT_EQ(read_audio(formats::bytes_of("OggS1234")).error().remedy,
              "convert the Ogg file to FLAC or WAV");
    EXPECT_FALSE(read_audio({}).ok());
}

}  // namespace
}  // namespace verge::wav
