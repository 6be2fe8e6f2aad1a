// The front end as a C function in a shared library, so that training and tools see the very
// features that a device computes.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

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
}
