// The front ends as C functions in a shared library, so that training and tools see the very
// features that a device computes.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "signal/feature_sources.hpp"
#include "signal/frontend.hpp"

extern "C" {

/// The quantised features of a whole clip of 16 kHz samples from a fresh start: writes up to
/// max_frames frames of 40 values each to `out_features`; returns how many it wrote. Never
/// negative.
__attribute__((visibility("default"))) int verge_frontend_features(const std::int16_t* pcm,
                                                                   int samples,
                                                                   std::int8_t* out_features,
                                                                   int max_frames) {
    using namespace verge::signal;
    MicroFrontend frontend;
    frontend.reset();
    FrontendScratch scratch;
    FeatureFrame frame;
    std::span<const std::int16_t> rest(pcm, static_cast<std::size_t>(samples > 0 ? samples : 0));
    int frames = 0;
    while (!rest.empty() && frames < max_frames) {
        const Taken taken = frontend.push(rest, scratch, frame);
        rest = rest.subspan(taken.samples);
        if (taken.frame) {
            std::copy(frame.quantised.begin(), frame.quantised.end(),
                      out_features + frames * static_cast<int>(kFeatures));
            ++frames;
        }
    }
    return frames;
}

/// The features of a whole clip by the front end `name` (feature_sources.hpp) from a fresh start,
/// in its own units: up to max_frames frames, each followed by its peak, to `out_features`. Returns
/// how many frames it wrote, -1 when there is no such front end.
__attribute__((visibility("default"))) int verge_features(const char* name,
                                                          const std::int16_t* pcm,
                                                          int samples,
                                                          std::int16_t* out_features,
                                                          int max_frames) {
    using namespace verge::signal;
    const NamedSource* found = find_feature_source(name);
    if (found == nullptr) {
        return -1;
    }
    const FeatureSource& source = *found->source;
    std::vector<std::uint64_t> state(source.state_bytes / 8 + 1);
    std::vector<std::uint64_t> scratch(source.scratch_bytes / 8 + 1);
    auto* const states = reinterpret_cast<std::byte*>(state.data());
    source.reset(states);
    FeatureVector frame{};
    std::span<const std::int16_t> rest(pcm, static_cast<std::size_t>(samples > 0 ? samples : 0));
    int frames = 0;
    while (!rest.empty() && frames < max_frames) {
        const Taken taken =
            source.push(states, rest, reinterpret_cast<std::byte*>(scratch.data()), frame);
        rest = rest.subspan(taken.samples);
        if (taken.frame) {
            out_features = std::copy_n(frame.values.begin(), source.features, out_features);
            *out_features++ = frame.peak;
            ++frames;
        }
    }
    return frames;
}
}
