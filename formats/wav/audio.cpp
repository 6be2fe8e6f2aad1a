// Samples from one form to another.

#include "formats/wav/audio.hpp"

#include <algorithm>
#include <cmath>

#include "formats/wav/resample.hpp"

namespace verge::wav {
namespace {

constexpr float kFullScale = 32768.0F;
constexpr std::uint32_t kSpeechRate = 16000;

}  // namespace

std::int16_t to_int16(float sample) {
    const float scaled = std::round(sample * kFullScale);
    return std::isnan(scaled)
               ? std::int16_t{0}
               : static_cast<std::int16_t>(std::clamp(scaled, -kFullScale, kFullScale - 1.0F));
}

float from_int16(std::int16_t sample) {
    return static_cast<float>(sample) / kFullScale;
}

std::vector<float> to_mono(const Audio& audio) {
    if (audio.channels == 1) {
        return audio.samples;
    }
    std::vector<float> mono(audio.frames());
    for (std::size_t frame = 0; frame < mono.size(); ++frame) {
        double sum = 0.0;
        for (std::size_t channel = 0; channel < audio.channels; ++channel) {
            sum += static_cast<double>(audio.samples[frame * audio.channels + channel]);
        }
        mono[frame] = static_cast<float>(sum / audio.channels);
    }
    return mono;
}

Outcome<std::vector<std::int16_t>> to_mono_16k_int16(const Audio& audio) {
    VERGE_ASSIGN(const std::vector<float> mono,
                 resample(to_mono(audio), {.from = audio.sample_rate, .to = kSpeechRate}));
    std::vector<std::int16_t> samples(mono.size());
    std::transform(mono.begin(), mono.end(), samples.begin(), &to_int16);
    return samples;
}

}  // namespace verge::wav
