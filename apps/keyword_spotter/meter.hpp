#pragma once
// What a person sees while the spotter listens: level, posteriors, and whether it is too quiet or
// too loud. Hosted; text only, drawn elsewhere.

#include <cstdint>
#include <deque>
#include <span>
#include <string>

#include "apps/keyword_spotter/spotter.hpp"

namespace verge::spotter {

/// In dB below full scale (a square wave at full scale is 0), at least -99; `energy` as
/// signal::VoiceActivity counts it.
[[nodiscard]] double decibels(std::uint32_t energy);

/// Judges the sound of the last seconds.
class LevelJudge {
public:
    /// One block of samples, and its energy.
    void push(std::span<const std::int16_t> samples, std::uint32_t energy);

    /// "no sound: is the microphone muted?", "too quiet: ...", "too loud: ..." or empty.
    [[nodiscard]] std::string verdict() const;

private:
    struct Block {
        std::uint32_t samples;
        std::uint32_t clipped;
        std::uint32_t energy;
        bool is_zero;
    };

    std::deque<Block> blocks_;  // of the last kJudgedSamples samples
    std::uint64_t held_ = 0;    // samples in blocks_
};

/// What the line shows.
struct Reading {
    double level_db = -99;
    const Heard* heard = nullptr;  // nullptr: no turn of the network yet
    std::span<const std::string> labels;
    std::uint16_t quiet_classes = 0;
    std::string verdict;
};

/// "-31 dB [######------]  yes [##------] 0.31  no [--------] 0.02  asleep  too quiet: ..."
[[nodiscard]] std::string meter_line(const Reading& reading);

}  // namespace verge::spotter
