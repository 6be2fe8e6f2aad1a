// Thresholds of the judge: speech at arm's length lies between -40 and -15 dB.

#include "apps/keyword_spotter/meter.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace verge::spotter {
namespace {

constexpr double kFullScale = 32768.0 * 32768.0;
constexpr std::uint64_t kJudgedSamples = 5 * 16000;
constexpr double kTooQuietDb = -48;
constexpr double kClippedShare = 0.001;
constexpr int kLevelWidth = 16;
constexpr int kScoreWidth = 8;

std::string bar(double part, int width) {
    const int full = static_cast<int>(std::lround(std::clamp(part, 0.0, 1.0) * width));
    return "[" + std::string(static_cast<std::size_t>(full), '#') +
           std::string(static_cast<std::size_t>(width - full), '-') + "]";
}

std::string number(const char* format, double value) {
    char text[32];
    std::snprintf(text, sizeof text, format, value);
    return text;
}

}  // namespace

double decibels(std::uint32_t energy) {
    return energy == 0 ? -99 : std::max(-99.0, 10 * std::log10(energy / 16.0 / kFullScale));
}

void LevelJudge::push(std::span<const std::int16_t> samples, std::uint32_t energy) {
    Block block{static_cast<std::uint32_t>(samples.size()), 0, energy, true};
    for (const std::int16_t sample : samples) {
        block.clipped += sample == INT16_MAX || sample == INT16_MIN ? 1U : 0U;
        block.is_zero = block.is_zero && sample == 0;
    }
    blocks_.push_back(block);
    held_ += block.samples;
    while (held_ - blocks_.front().samples >= kJudgedSamples) {
        held_ -= blocks_.front().samples;
        blocks_.pop_front();
    }
}

std::string LevelJudge::verdict() const {
    std::uint64_t clipped = 0;
    std::uint32_t loudest = 0;
    bool is_zero = true;
    for (const Block& block : blocks_) {
        clipped += block.clipped;
        loudest = std::max(loudest, block.energy);
        is_zero = is_zero && block.is_zero;
    }
    if (static_cast<double>(clipped) > kClippedShare * static_cast<double>(held_)) {
        return "too loud: the sound is clipped; lower the microphone's gain or step back";
    }
    if (held_ < kJudgedSamples) {
        return "";  // nobody may have spoken yet
    }
    if (is_zero) {
        return "no sound at all: is the microphone muted?";
    }
    return decibels(loudest) < kTooQuietDb
               ? "too quiet: speak up, come closer or raise the microphone's gain"
               : "";
}

std::string meter_line(const Reading& reading) {
    std::string line =
        number("%4.0f dB ", reading.level_db) + bar((reading.level_db + 70) / 70, kLevelWidth);
    for (std::size_t label = 0; reading.heard != nullptr && label < reading.labels.size();
         ++label) {
        if ((reading.quiet_classes >> label & 1U) != 0) {
            continue;
        }
        const double score = reading.heard->averages[label] / 256.0;
        line +=
            "  " + reading.labels[label] + " " + bar(score, kScoreWidth) + number(" %.2f", score);
    }
    if (reading.heard != nullptr && !reading.heard->is_awake) {
        line += "  asleep";
    }
    return line + (reading.verdict.empty() ? "" : "  " + reading.verdict);
}

}  // namespace verge::spotter
