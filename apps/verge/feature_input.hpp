#pragma once
// The front ends of signal/ as hosted programs use them: found by name, fitted to a model's input,
// run over a whole clip.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "apps/verge/tensors.hpp"
#include "base/outcome.hpp"
#include "signal/feature_sources.hpp"

namespace verge::apps {

/// "microfrontend, microfrontend-10ms, mfcc, log-mel".
[[nodiscard]] std::string front_end_names();

/// The Error lists what there is.
Outcome<const signal::NamedSource*> find_front_end(std::string_view name);

/// How features become an int8 input of this quantisation.
Outcome<signal::FeatureScale> feature_scale(const signal::FeatureSource& source,
                                            float scale,
                                            std::int32_t zero_point);

/// Every frame of a clip from a fresh start.
[[nodiscard]] std::vector<signal::FeatureVector> clip_frames(const signal::FeatureSource& source,
                                                             std::span<const std::int16_t> samples);

/// The input `port` (int8 or float32, whole frames) for one clip of 16 kHz samples from a fresh
/// start: the first frames of the clip; one that is too short goes on as silence.
Outcome<std::vector<std::byte>> clip_input(const signal::FeatureSource& source,
                                           const PortInfo& port,
                                           std::vector<std::int16_t> samples);

}  // namespace verge::apps
