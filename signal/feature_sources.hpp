#pragma once
// All front ends by name: what people write after --frontend, and what settings.json calls them.
// Hosted programs take this list; a firmware names one table and links that one alone.

#include <array>
#include <string_view>

#include "signal/feature_source.hpp"
#include "signal/frontend.hpp"
#include "signal/log_mel.hpp"
#include "signal/mfcc.hpp"

namespace verge::signal {

struct NamedSource {
    std::string_view name;
    const FeatureSource* source;
    std::string_view header;      // where a firmware finds it
    std::string_view identifier;  // its C++ name
};

inline constexpr std::array kFeatureSources = {
    NamedSource{"microfrontend", &kMicroFrontend20ms, "signal/frontend.hpp",
                "verge::signal::kMicroFrontend20ms"},
    NamedSource{"microfrontend-10ms", &kMicroFrontend10ms, "signal/frontend.hpp",
                "verge::signal::kMicroFrontend10ms"},
    NamedSource{"mfcc", &kMfcc, "signal/mfcc.hpp", "verge::signal::kMfcc"},
    NamedSource{"log-mel", &kLogMel, "signal/log_mel.hpp", "verge::signal::kLogMel"},
};

/// Null when there is no such front end.
[[nodiscard]] constexpr const NamedSource* find_feature_source(std::string_view name) {
    for (const NamedSource& entry : kFeatureSources) {
        if (entry.name == name) {
            return &entry;
        }
    }
    return nullptr;
}

}  // namespace verge::signal
