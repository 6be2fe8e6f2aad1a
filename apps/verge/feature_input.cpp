#include "apps/verge/feature_input.hpp"

#include <algorithm>
#include <cmath>

#include "signal/feature_window.hpp"

namespace verge::apps {
namespace {

/// Memory for front ends, aligned to 8.
class Memory {
public:
    explicit Memory(std::size_t bytes) : words_(bytes / 8 + 1) {}

    [[nodiscard]] std::span<std::byte> bytes() { return std::as_writable_bytes(std::span(words_)); }

private:
    std::vector<std::uint64_t> words_;
};

std::vector<std::byte> int8_input(const signal::FeatureSource& source,
                                  const signal::FeatureScale& scale,
                                  std::size_t frames,
                                  std::span<const std::int16_t> samples) {
    const auto count = static_cast<std::uint32_t>(frames);
    Memory memory(signal::FeatureWindow::bytes(source, count));
    signal::FeatureWindow window;
    window.start(source, scale, count, memory.bytes());
    for (; !samples.empty() && window.frames() < count;) {
        samples = samples.subspan(window.push(samples).samples);
    }
    std::vector<std::byte> input(frames * source.features);
    window.write({reinterpret_cast<std::int8_t*>(input.data()), input.size()});
    return input;
}

/// Front ends whose int8 values are the same for all models: their float models take those, in
/// steps of 26/256. Others take what they are worth.
float real_value(const signal::FeatureSource& source, std::int16_t value) {
    return source.fixed.multiplier != 0
               ? static_cast<float>(quantise(value, source.fixed) + 128) * (26.0F / 256)
               : static_cast<float>(value) * source.unit;
}

std::vector<std::byte> float_input(const signal::FeatureSource& source,
                                   std::size_t count,
                                   std::span<const std::int16_t> samples) {
    std::vector<signal::FeatureVector> frames = clip_frames(source, samples);
    frames.resize(count);
    std::int16_t peak = 1;
    for (const signal::FeatureVector& frame : frames) {
        peak = std::max(peak, frame.peak);
    }
    std::vector<float> input;
    for (signal::FeatureVector& frame : frames) {
        if (source.normalise != nullptr) {
            frame.values[0] = source.normalise(frame.values[0], peak);
        }
        for (std::size_t i = 0; i < source.features; ++i) {
            input.push_back(real_value(source, frame.values[i]));
        }
    }
    const auto bytes = std::as_bytes(std::span(input));
    return {bytes.begin(), bytes.end()};
}

}  // namespace

std::string front_end_names() {
    std::string names;
    for (const signal::NamedSource& entry : signal::kFeatureSources) {
        names += (names.empty() ? "" : ", ") + std::string(entry.name);
    }
    return names;
}

Outcome<const signal::NamedSource*> find_front_end(std::string_view name) {
    const signal::NamedSource* found = signal::find_feature_source(name);
    if (found == nullptr) {
        return bad_input("there is no front end '" + std::string(name) + "'", front_end_names());
    }
    return found;
}

Outcome<signal::FeatureScale> feature_scale(const signal::FeatureSource& source,
                                            float scale,
                                            std::int32_t zero_point) {
    if (source.fixed.multiplier != 0) {
        return source.fixed;
    }
    const double ratio = scale > 0 ? double{source.unit} / double{scale} : 0;
    if (!(ratio >= 1e-6 && ratio <= 64) || zero_point < -128 || zero_point > 127) {
        return bad_input("an input of scale " + std::to_string(scale) + " and zero point " +
                             std::to_string(zero_point),
                         "the scale of an int8 input of these features");
    }
    // The multiplier gets 23 to 24 bits where the shift allows it.
    const int shift = std::clamp(23 - std::ilogb(ratio), 1, 31);
    return signal::FeatureScale{static_cast<std::int32_t>(std::lround(std::ldexp(ratio, shift))),
                                static_cast<std::uint8_t>(shift),
                                static_cast<std::int8_t>(zero_point)};
}

std::vector<signal::FeatureVector> clip_frames(const signal::FeatureSource& source,
                                               std::span<const std::int16_t> samples) {
    Memory state(source.state_bytes);
    Memory scratch(source.scratch_bytes);
    source.reset(state.bytes().data());
    std::vector<signal::FeatureVector> frames;
    signal::FeatureVector frame{};
    while (!samples.empty()) {
        const signal::Taken taken =
            source.push(state.bytes().data(), samples, scratch.bytes().data(), frame);
        samples = samples.subspan(taken.samples);
        if (taken.frame) {
            frames.push_back(frame);
        }
    }
    return frames;
}

Outcome<std::vector<std::byte>> clip_input(const signal::FeatureSource& source,
                                           const PortInfo& port,
                                           std::vector<std::int16_t> samples) {
    const std::size_t elements = element_count(port);
    const bool is_float = port.type == plan::Type::f32;
    if (!(is_float || port.type == plan::Type::s8) || elements == 0 ||
        elements % source.features != 0) {
        return bad_input("speech for " + describe(port), "an int8 or float32 input of frames of " +
                                                             std::to_string(source.features) +
                                                             " features");
    }
    const std::size_t frames = elements / source.features;
    samples.resize(source.window_samples + (frames - 1) * source.hop_samples, 0);
    if (is_float) {
        return float_input(source, frames, samples);
    }
    VERGE_ASSIGN(const signal::FeatureScale scale,
                 feature_scale(source, port.scale, port.zero_point));
    return int8_input(source, scale, frames, samples);
}

}  // namespace verge::apps
