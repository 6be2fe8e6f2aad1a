#pragma once
// The stream as a picture: waveform, spectrogram, smoothed posteriors, lamp.

#include <string>

#include "apps/keyword_spotter/listening.hpp"
#include "base/outcome.hpp"

namespace verge::spotter {

/// What a board heard of the same stream, to be drawn beside it.
struct BoardLane {
    std::string name;
    std::vector<Event> events;
};

/// A self-contained SVG.
Outcome<std::string> draw(const Listening& listening, const std::vector<BoardLane>& boards);

}  // namespace verge::spotter
