// The window of features over any front end.

#include "signal/feature_window.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "signal/feature_sources.hpp"
#include "signal/test_recordings.hpp"

namespace verge::signal {
namespace {

constexpr FeatureScale kScale{.multiplier = 3 << 20, .shift = 27, .zero_point = 20};

class Window {
public:
    Window(const FeatureSource& source, std::uint32_t frames)
        : memory_(FeatureWindow::bytes(source, frames) / 8 + 1), frames_(frames) {
        window_.start(source, kScale, frames, std::as_writable_bytes(std::span(memory_)));
    }

    void hear(std::span<const std::int16_t> pcm) {
        while (!pcm.empty()) {
            pcm = pcm.subspan(window_.push(pcm).samples);
        }
    }

    [[nodiscard]] std::vector<std::int8_t> input() const {
        std::vector<std::int8_t> values(std::size_t{frames_} * window_.source().features);
        window_.write(values);
        return values;
    }

    [[nodiscard]] const FeatureWindow& window() const { return window_; }

private:
    std::vector<std::uint64_t> memory_;
    std::uint32_t frames_;
    FeatureWindow window_;
};

/// The same from the frames themselves.
std::vector<std::int8_t> expected_input(const FeatureSource& source,
                                        std::span<const std::int16_t> pcm,
                                        std::size_t count) {
    auto frames = frames_of(source, pcm);
    frames.erase(frames.begin(), frames.end() - static_cast<std::ptrdiff_t>(count));
    std::int16_t peak = 1;
    for (const FeatureVector& frame : frames) {
        peak = std::max(peak, frame.peak);
    }
    const FeatureScale scale = source.fixed.multiplier != 0 ? source.fixed : kScale;
    std::vector<std::int8_t> values;
    for (FeatureVector& frame : frames) {
        if (source.normalise != nullptr) {
            frame.values[0] = source.normalise(frame.values[0], peak);
        }
        for (std::size_t i = 0; i < source.features; ++i) {
            values.push_back(quantise(frame.values[i], scale));
        }
    }
    return values;
}

TEST(FeatureScale, RoundsHalvesUpAndLimitsToInt8) {
    constexpr FeatureScale kHalf{.multiplier = 1, .shift = 1, .zero_point = 3};
    EXPECT_EQ(quantise(0, kHalf), 3);
    EXPECT_EQ(quantise(1, kHalf), 4);
    EXPECT_EQ(quantise(-1, kHalf), 3);
    EXPECT_EQ(quantise(-3, kHalf), 2);
    EXPECT_EQ(quantise(32767, kHalf), 127);
    EXPECT_EQ(quantise(-32768, kHalf), -128);
}

TEST(FeatureScale, OfTheMicroFrontEndIsItsOwnFormulaForEveryValue) {
    for (std::int32_t value = 0; value <= INT16_MAX; ++value) {
        ASSERT_EQ(quantise(value, kMicroScale), quantise_feature(static_cast<std::uint16_t>(value)))
            << value;
    }
}

TEST(FeatureWindow, HoldsTheLastFramesOldestFirstForEveryFrontEnd) {
    const auto pcm = chirp();
    for (const NamedSource& entry : kFeatureSources) {
        for (const std::uint32_t frames : {1U, 3U, 8U}) {
            for (const std::size_t samples : {9000U, 12345U, 16000U}) {
                Window window(*entry.source, frames);
                window.hear(std::span(pcm).first(samples));
                EXPECT_EQ(window.input(),
                          expected_input(*entry.source, std::span(pcm).first(samples), frames))
                    << entry.name << " " << frames << " " << samples;
            }
        }
    }
}

TEST(FeatureWindow, IsTheZeroPointWhereNoFrameHasBeenYet) {
    for (const NamedSource& entry : kFeatureSources) {
        const FeatureSource& source = *entry.source;
        Window window(source, 4);
        const auto pcm = chirp();
        window.hear(std::span(pcm).first(source.window_samples));
        EXPECT_EQ(window.window().frames(), 1U);
        const auto input = window.input();
        const std::int8_t zero =
            source.fixed.multiplier != 0 ? source.fixed.zero_point : kScale.zero_point;
        EXPECT_EQ(std::count(input.begin(), input.end() - source.features, zero),
                  3 * source.features)
            << entry.name;
    }
}

TEST(FeatureWindow, IsTheSameForAQuieterClipWhereTheFrontEndNormalises) {
    auto pcm = chirp();
    for (std::int16_t& sample : pcm) {
        sample = static_cast<std::int16_t>(sample / 4 * 4);
    }
    Window loud(kMfcc, 8);
    loud.hear(pcm);
    for (std::int16_t& sample : pcm) {
        sample = static_cast<std::int16_t>(sample / 4);
    }
    Window quiet(kMfcc, 8);
    quiet.hear(pcm);
    const auto a = loud.input();
    const auto b = quiet.input();
    for (std::size_t i = 0; i < a.size(); ++i) {
        EXPECT_LE(std::abs(a[i] - b[i]), 1) << i;
    }
}

TEST(FeatureSources, HaveNamesThatAreFoundAndFitTheirBuffers) {
    for (const NamedSource& entry : kFeatureSources) {
        EXPECT_EQ(find_feature_source(entry.name), &entry);
        EXPECT_LE(entry.source->features, kMaxFeatures);
        EXPECT_LE(entry.source->hop_samples, entry.source->window_samples);
    }
    EXPECT_EQ(find_feature_source(""), nullptr);
    EXPECT_EQ(find_feature_source("mfc"), nullptr);
}

}  // namespace
}  // namespace verge::signal
