#pragma once
// The one knob that a user turns. Hosted.

#include <cstdint>

#include "apps/keyword_spotter/spotter.hpp"
#include "base/outcome.hpp"

namespace verge::spotter {

inline constexpr std::uint32_t kUsualSensitivity = 50;
inline constexpr std::uint32_t kMostSensitivity = 100;

/// The settings with other thresholds: below 50 each moves in equal steps towards 255 (certain),
/// above 50 towards a quarter of itself; 50 leaves it. Releases keep their share of the threshold.
Outcome<Settings> with_sensitivity(const Settings& settings, std::uint32_t sensitivity);

}  // namespace verge::spotter
