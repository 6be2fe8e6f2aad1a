// The front end bit for bit against the TensorFlow Lite Micro preprocessor models. make_goldens.py
// ran them with the PyPI package tflite_micro and printed the hashes below; run it again to make
// them anew.

#include "signal/frontend.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "signal/mel.hpp"
#include "signal/pcan.hpp"
#include "signal/synthetic.hpp"
#include "signal/test_recordings.hpp"
#include "signal/window.hpp"

namespace verge::signal {
namespace {

struct Golden {
    const char* name;
    std::size_t frames;
    std::uint32_t log_hash;
    std::uint32_t quantised_hash;
};

constexpr Golden kChirp{"chirp", 49, 0x6005576AU, 0xE7F28097U};
constexpr Golden kShortHops[] = {
    {"chirp", 98, 0xB82EA632U, 0xDF4EBECBU},
    {"yes_1000ms", 98, 0x642694A1U, 0x86A4283CU},
};
constexpr Golden kRecordings[] = {
    {"no_1000ms", 49, 0x8B3B5BA6U, 0x2E5B94D4U},
    {"noise_1000ms", 49, 0x59A6BE8BU, 0xB5C33838U},
    {"silence_1000ms", 49, 0x6F171C87U, 0xF279DE8CU},
    {"yes_1000ms", 49, 0x05E6ED23U, 0xFBD60F24U},
};

/// Feeds `chunk` samples at a time.
std::vector<FeatureFrame> features_of(std::span<const std::int16_t> pcm,
                                      MicroFrontend& frontend,
                                      std::size_t chunk) {
    FrontendScratch scratch;
    FeatureFrame frame;
    std::vector<FeatureFrame> frames;
    while (!pcm.empty()) {
        const Taken taken = frontend.push(pcm.first(std::min(chunk, pcm.size())), scratch, frame);
        pcm = pcm.subspan(taken.samples);
        if (taken.frame) {
            frames.push_back(frame);
        }
    }
    return frames;
}

std::vector<FeatureFrame> features_of(std::span<const std::int16_t> pcm,
                                      std::size_t chunk = 16000) {
    MicroFrontend frontend;
    frontend.reset();
    return features_of(pcm, frontend, chunk);
}

Golden hashes_of(const char* name, const std::vector<FeatureFrame>& frames) {
    Golden golden{name, frames.size(), 0x811C9DC5U, 0x811C9DC5U};
    for (const FeatureFrame& frame : frames) {
        golden.log_hash = fnv1a(std::span<const std::uint16_t>(frame.log), golden.log_hash);
        golden.quantised_hash =
            fnv1a(std::span<const std::int8_t>(frame.quantised), golden.quantised_hash);
    }
    return golden;
}

void expect_same(const Golden& found, const Golden& wanted) {
    EXPECT_EQ(found.frames, wanted.frames) << wanted.name;
    EXPECT_EQ(found.log_hash, wanted.log_hash) << wanted.name;
    EXPECT_EQ(found.quantised_hash, wanted.quantised_hash) << wanted.name;
}

TEST(Frontend, HasTheBitsOfTheOracleOnASyntheticChirp) {
    expect_same(hashes_of("chirp", features_of(chirp())), kChirp);
}

TEST(Frontend, HasTheBitsOfTheOracleOnTheRecordings) {
    if (recording("micro_speech/yes_1000ms.wav").empty()) {
        GTEST_SKIP() << "needs kws/micro_speech in ../shared/data (or $VERGE_DATA)";
    }
    for (const Golden& golden : kRecordings) {
        expect_same(hashes_of(golden.name, features_of(recording(std::string("micro_speech/") +
                                                                 golden.name + ".wav"))),
                    golden);
    }
}

/// The table's frames, as hashes of the others.
Golden hashes_of_source(const char* name,
                        const FeatureSource& source,
                        std::span<const std::int16_t> pcm) {
    const auto frames = frames_of(source, pcm);
    Golden golden{name, frames.size(), 0x811C9DC5U, 0x811C9DC5U};
    for (const FeatureVector& frame : frames) {
        golden.log_hash = fnv1a(std::span<const std::int16_t>(frame.values), golden.log_hash);
        for (const std::int16_t value : frame.values) {
            const std::array quantised{quantise(value, source.fixed)};
            golden.quantised_hash =
                fnv1a(std::span<const std::int8_t>(quantised), golden.quantised_hash);
        }
    }
    return golden;
}

TEST(Frontend, HasTheBitsOfTheOracleAtAHopOf10Milliseconds) {
    expect_same(hashes_of_source("chirp", kMicroFrontend10ms, chirp()), kShortHops[0]);
    const auto yes = recording("micro_speech/yes_1000ms.wav");
    if (yes.empty()) {
        GTEST_SKIP() << "needs kws/micro_speech in ../shared/data (or $VERGE_DATA)";
    }
    expect_same(hashes_of_source("yes_1000ms", kMicroFrontend10ms, yes), kShortHops[1]);
}

TEST(Frontend, IsTheSameAsATable) {
    expect_same(hashes_of_source("chirp", kMicroFrontend20ms, chirp()), kChirp);
}

TEST(Frontend, GivesTheSameFramesHoweverTheSamplesArrive) {
    for (const std::size_t chunk : {1U, 7U, 160U, 319U, 320U, 321U, 480U, 1024U}) {
        expect_same(hashes_of("chirp", features_of(chirp(), chunk)), kChirp);
    }
}

TEST(Frontend, CompletesTheFirstFrameAfter480SamplesAndEachFurtherOneAfter320) {
    const auto samples = chirp();
    const std::span<const std::int16_t> pcm(samples);
    EXPECT_EQ(features_of(pcm.first(479)).size(), 0U);
    EXPECT_EQ(features_of(pcm.first(480)).size(), 1U);
    EXPECT_EQ(features_of(pcm.first(799)).size(), 1U);
    EXPECT_EQ(features_of(pcm.first(800)).size(), 2U);
}

TEST(Frontend, StartsAfreshAfterReset) {
    MicroFrontend frontend;
    frontend.reset();
    const auto samples = chirp();
    features_of(std::span(samples).first(5001), frontend, 16000);
    frontend.reset();
    expect_same(hashes_of("chirp", features_of(samples, frontend, 16000)), kChirp);
}

TEST(Frontend, HearsNothingInSilence) {
    for (const FeatureFrame& frame : features_of(std::vector<std::int16_t>(1600))) {
        EXPECT_EQ(frame.log, (std::array<std::uint16_t, kFeatures>{}));
        EXPECT_TRUE(std::all_of(frame.quantised.begin(), frame.quantised.end(),
                                [](int x) { return x == -128; }));
    }
}

TEST(Frontend, QuantisesToTheWholeRangeOfInt8) {
    EXPECT_EQ(quantise_feature(0), -128);
    EXPECT_EQ(quantise_feature(1), -128);
    EXPECT_EQ(quantise_feature(2), -127);
    EXPECT_EQ(quantise_feature(333), 0);
    EXPECT_EQ(quantise_feature(662), 126);
    EXPECT_EQ(quantise_feature(32767), 127);
}

template <std::size_t N>
std::uint32_t hash_of(const std::array<std::int16_t, N>& table) {
    return fnv1a(std::span<const std::int16_t>(table));
}

TEST(FrontendTables, TheHannWindowIsTheModels) {
    constexpr auto kHalf = hann_half<480>(12);
    std::array<std::int16_t, 480> whole{};
    for (std::size_t i = 0; i < 240; ++i) {
        whole[i] = whole[479 - i] = kHalf[i];
    }
    EXPECT_EQ(hash_of(whole), 0x82875E71U);
}

TEST(FrontendTables, TheMelWeightsAreTheModels) {
    constexpr auto kTables = mel_tables<MelSpec{40, 16000, 257, 125, 7500, 2, 4}>();
    EXPECT_EQ(kTables.weights.size(), 316U);
    EXPECT_EQ(hash_of(kTables.weights), 0xAEA08F5FU);
    EXPECT_EQ(hash_of(kTables.unweights), 0xDD6238F1U);
    EXPECT_EQ(hash_of(kTables.frequency_starts), 0x6C161AFFU);
    EXPECT_EQ(hash_of(kTables.weight_starts), 0xC04A6035U);
    EXPECT_EQ(hash_of(kTables.widths), 0x8E9E50A9U);
    EXPECT_EQ(kTables.first_line, 5U);
    EXPECT_EQ(kTables.end_line, 241U);
}

TEST(FrontendTables, TheGainTableIsTheModels) {
    EXPECT_EQ(hash_of(gain_table({0.95F, 80.0F, 21, 7})), 0x6460F864U);
}

TEST(FrontendTables, PaddingTheMelWeightsChangesNoChannel) {
    constexpr auto kTight = mel_tables<MelSpec{40, 16000, 257, 125, 7500, 1, 1}>();
    constexpr auto kPadded = mel_tables<MelSpec{40, 16000, 257, 125, 7500, 2, 4}>();
    std::array<std::uint32_t, 257> lines{};
    Noise noise(3);
    for (std::uint32_t& line : lines) {
        line = noise.next() << 15;
    }
    std::array<std::uint64_t, 40> tight{};
    std::array<std::uint64_t, 40> padded{};
    accumulate_channels(kTight.bank(), lines, tight);
    accumulate_channels(kPadded.bank(), lines, padded);
    EXPECT_EQ(tight, padded);
    EXPECT_EQ(kTight.weights.size(), 236U);
}

TEST(FrontendTables, AMelChannelWithoutLinesGetsZerosAndIsSilent) {
    // 40 channels on 17 lines: most of the low ones have no line of their own.
    constexpr auto kCoarse = mel_tables<MelSpec{40, 16000, 33, 125, 7500, 2, 4}>();
    std::array<std::uint32_t, 33> lines{};
    lines.fill(1000);
    std::array<std::uint64_t, 40> channels{};
    accumulate_channels(kCoarse.bank(), lines, channels);
    EXPECT_EQ(channels[0], 0U);
    EXPECT_GT(channels[39], 0U);
    EXPECT_EQ(kCoarse.widths[0], 4);
    EXPECT_EQ(kCoarse.weight_starts[0], 0);
}

}  // namespace
}  // namespace verge::signal
