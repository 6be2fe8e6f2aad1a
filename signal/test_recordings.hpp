#pragma once
// Test signals that several tests share: the chirp, and recordings of the data folder where it is
// there. Hosted, for tests alone.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <span>
#include <string>
#include <vector>

#include "signal/feature_source.hpp"
#include "signal/synthetic.hpp"

namespace verge::signal {

inline std::vector<std::int16_t> chirp() {
    std::vector<std::int16_t> samples(16000);
    fill_chirp(samples);
    return samples;
}

/// The samples of a canonical WAV file (44 bytes, then 16-bit mono) of kws/ in ../shared/data (or
/// $VERGE_DATA); empty if it is not there.
inline std::vector<std::int16_t> recording(const std::string& path) {
    const char* data = std::getenv("VERGE_DATA");
    const std::string root = data != nullptr ? data : VERGE_SOURCE_DIR "/../shared/data";
    std::ifstream file(root + "/kws/" + path, std::ios::binary);
    const std::string bytes(std::istreambuf_iterator<char>(file), {});
    std::vector<std::int16_t> samples;
    for (std::size_t i = 44; i + 1 < bytes.size(); i += 2) {
        const auto low = static_cast<unsigned char>(bytes[i]);
        const auto high = static_cast<unsigned char>(bytes[i + 1]);
        samples.push_back(static_cast<std::int16_t>(low | high << 8));
    }
    return samples;
}

/// All frames of a clip from a fresh start, fed `chunk` samples at a time.
inline std::vector<FeatureVector> frames_of(const FeatureSource& source,
                                            std::span<const std::int16_t> pcm,
                                            std::size_t chunk = 16000) {
    std::vector<std::uint64_t> state(source.state_bytes / 8 + 1);
    std::vector<std::uint64_t> scratch(source.scratch_bytes / 8 + 1);
    auto* const states = reinterpret_cast<std::byte*>(state.data());
    source.reset(states);
    FeatureVector frame{};
    std::vector<FeatureVector> frames;
    while (!pcm.empty()) {
        const Taken taken = source.push(states, pcm.first(std::min(chunk, pcm.size())),
                                        reinterpret_cast<std::byte*>(scratch.data()), frame);
        pcm = pcm.subspan(taken.samples);
        if (taken.frame) {
            frames.push_back(frame);
        }
    }
    return frames;
}

}  // namespace verge::signal
