#include "apps/keyword_spotter/sensitivity.hpp"

#include <algorithm>
#include <string>

namespace verge::spotter {
namespace {

constexpr std::uint32_t kCertain = 255;

signal::Trigger moved(signal::Trigger trigger, std::uint32_t sensitivity) {
    const std::uint32_t old = trigger.threshold;
    const bool is_lower = sensitivity > kUsualSensitivity;
    const std::uint32_t target = is_lower ? old / 4 : kCertain;
    const std::uint32_t part =
        is_lower ? sensitivity - kUsualSensitivity : kUsualSensitivity - sensitivity;
    const std::uint32_t moved =
        (old * (kUsualSensitivity - part) + target * part) / kUsualSensitivity;
    const std::uint32_t threshold = std::max<std::uint32_t>(moved, 1);
    const std::uint32_t release =
        std::clamp<std::uint32_t>(trigger.release * threshold / old, 1, threshold);
    return {static_cast<std::uint8_t>(threshold), static_cast<std::uint8_t>(release)};
}

}  // namespace

Outcome<Settings> with_sensitivity(const Settings& settings, std::uint32_t sensitivity) {
    if (sensitivity > kMostSensitivity) {
        return bad_input("the sensitivity is " + std::to_string(sensitivity), "0 to 100");
    }
    Settings turned = settings;
    for (std::size_t label = 0; label < settings.smoothing.classes; ++label) {
        signal::Trigger& trigger = turned.smoothing.triggers[label];
        trigger = moved(trigger, sensitivity);
    }
    return turned;
}

}  // namespace verge::spotter
