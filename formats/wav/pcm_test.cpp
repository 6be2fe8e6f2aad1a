// Raw PCM in pieces of any size, as pipes deliver it.

#include "formats/wav/pcm.hpp"

#include <algorithm>
#include <random>

#include <gtest/gtest.h>

#include "formats/hostile_test.hpp"

namespace verge::wav {
namespace {

/// Hands out `bytes` in random pieces.
ByteSource pieces_of(std::vector<std::byte> bytes, unsigned seed) {
    return [bytes = std::move(bytes), random = std::mt19937(seed),
            at = std::size_t{0}](std::span<std::byte> into) mutable -> Outcome<std::size_t> {
        const std::size_t most = std::min(into.size(), bytes.size() - at);
        const std::size_t size = most == 0 ? 0 : 1 + random() % most;
        std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), size, into.begin());
        at += size;
        return size;
    };
}

TEST(PcmReader, JoinsPiecesThatEndWithinASample) {
    std::vector<std::byte> bytes;
    for (int i = 0; i < 1000; ++i) {
        bytes.push_back(static_cast<std::byte>(i * 7));
        bytes.push_back(static_cast<std::byte>(i * 13));
    }
    for (unsigned seed = 0; seed < 50; ++seed) {
        PcmReader reader(pieces_of(bytes, seed));
        std::vector<std::int16_t> samples;
        std::vector<std::int16_t> chunk(1 + seed);
        for (std::size_t got = 1; got != 0;) {
            got = reader.read(chunk).value();
            samples.insert(samples.end(), chunk.begin(),
                           chunk.begin() + static_cast<std::ptrdiff_t>(got));
        }
        ASSERT_EQ(samples.size(), 1000U);
        EXPECT_EQ(reader.position(), 1000U);
        for (std::size_t i = 0; i < samples.size(); ++i) {
            const auto expected = static_cast<std::uint16_t>(
                static_cast<std::uint8_t>(i * 7) | (static_cast<std::uint8_t>(i * 13) << 8U));
            ASSERT_EQ(samples[i], static_cast<std::int16_t>(expected));
        }
    }
}

TEST(PcmReader, ReportsAnOddByteAfterAllWholeSamples) {
    PcmReader reader(pieces_of(formats::bytes_of("abcde"), 1));
    std::vector<std::int16_t> chunk(8);
    EXPECT_EQ(reader.read(chunk).value(), 2U);
    EXPECT_EQ(reader.read(chunk).error().what, "the stream ends within a sample");
    EXPECT_EQ(reader.read(chunk).value(), 0U);
}

TEST(PcmReader, PassesOnTheSourcesError) {
    PcmReader reader([](std::span<std::byte>) -> Outcome<std::size_t> {
        return bad_input("the microphone is gone");
    });
    std::vector<std::int16_t> chunk(8);
    EXPECT_EQ(reader.read(chunk).error().what, "the microphone is gone");
}

TEST(PcmReader, EndsAtOnceWhenThereIsNothing) {
    PcmReader reader(pieces_of({}, 1));
    std::vector<std::int16_t> chunk(8);
    EXPECT_EQ(reader.read(chunk).value(), 0U);
}

}  // namespace
}  // namespace verge::wav
