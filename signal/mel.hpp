#pragma once
// The weights of a mel filter bank, worked out by the C++ compiler: centres evenly spaced in mel,
// flanks linear in mel, as the micro_speech front end has them (float32 arithmetic, weights cut to
// 12 bits), and TensorFlow's linear_to_mel_weight_matrix.

#include <array>
#include <cstddef>
#include <cstdint>

#include "signal/constant_math.hpp"
#include "signal/filter_bank.hpp"

namespace verge::signal {

/// A bank over the lines 0 .. spectrum_size - 1 of a spectrum up to half the sample rate. Stretches
/// may start only at multiples of `alignment` and have widths that are multiples of `block`: the
/// gaps get weight zero, so neither changes a result.
struct MelSpec {
    int channels;
    int sample_rate_hz;
    int spectrum_size;
    int low_hz;
    int high_hz;
    int alignment;
    int block;
};

namespace detail {

consteval float mel_of(float hz) {
    const float ratio = hz / 700.0F;
    return 1127.0F * static_cast<float>(constant::logarithm(1.0 + static_cast<double>(ratio)));
}

/// Where the stretches lie, before any weight is known.
template <std::size_t Stretches>
struct MelLayout {
    std::array<float, Stretches> centres{};
    std::array<int, Stretches> first{};
    std::array<int, Stretches> lines{};
    std::array<int, Stretches> weight_starts{};
    std::array<int, Stretches> aligned{};
    std::array<int, Stretches> widths{};
    int weights = 0;
    int first_line = 0;
    int end_line = 0;
};

consteval float hz_per_line(const MelSpec& spec) {
    return 0.5F * static_cast<float>(spec.sample_rate_hz) /
           static_cast<float>(spec.spectrum_size - 1);
}

template <std::size_t Stretches>
consteval void place_lines(const MelSpec& spec, MelLayout<Stretches>& layout) {
    const float low = mel_of(static_cast<float>(spec.low_hz));
    const float spacing =
        (mel_of(static_cast<float>(spec.high_hz)) - low) / static_cast<float>(Stretches);
    const float step = hz_per_line(spec);
    // The first line above low_hz; line 0 (DC) belongs to no channel.
    layout.first_line = 1 + static_cast<int>(static_cast<float>(spec.low_hz) / step);
    int line = layout.first_line;
    for (std::size_t s = 0; s < Stretches; ++s) {
        layout.centres[s] = low + spacing * static_cast<float>(s + 1);
        layout.first[s] = line;
        while (mel_of(static_cast<float>(line) * step) <= layout.centres[s]) {
            ++line;
        }
        layout.lines[s] = line - layout.first[s];
    }
    layout.end_line = line;
}

/// Gives each stretch its weights. Empty stretches share one block of zeros at the front.
template <std::size_t Stretches>
consteval void place_weights(const MelSpec& spec, MelLayout<Stretches>& layout) {
    for (const int lines : layout.lines) {
        layout.weights = lines == 0 ? spec.block : layout.weights;
    }
    for (std::size_t s = 0; s < Stretches; ++s) {
        layout.widths[s] = spec.block;
        if (layout.lines[s] == 0) {
            continue;
        }
        layout.aligned[s] = layout.first[s] / spec.alignment * spec.alignment;
        const int reach = layout.first[s] + layout.lines[s] - layout.aligned[s];
        layout.widths[s] = (reach + spec.block - 1) / spec.block * spec.block;
        layout.weight_starts[s] = layout.weights;
        layout.weights += layout.widths[s];
    }
}

template <std::size_t Stretches>
consteval MelLayout<Stretches> mel_layout(const MelSpec& spec) {
    MelLayout<Stretches> layout;
    place_lines(spec, layout);
    place_weights(spec, layout);
    return layout;
}

}  // namespace detail

/// Finished tables of `Stretches` - 1 channels; lines outside [first_line, end_line) have weight
/// zero.
template <std::size_t Stretches, std::size_t Weights>
struct MelTables {
    std::array<std::int16_t, Weights> weights{};
    std::array<std::int16_t, Weights> unweights{};
    std::array<std::int16_t, Stretches> frequency_starts{};
    std::array<std::int16_t, Stretches> weight_starts{};
    std::array<std::int16_t, Stretches> widths{};
    std::uint32_t first_line = 0;
    std::uint32_t end_line = 0;

    [[nodiscard]] constexpr FilterBank bank() const {
        return {weights, unweights, frequency_starts, weight_starts, widths};
    }
};

namespace detail {

template <std::size_t Stretches, std::size_t Weights>
consteval void fill_stretch(const MelSpec& spec,
                            const MelLayout<Stretches>& layout,
                            std::size_t s,
                            MelTables<Stretches, Weights>& tables) {
    const float from = s == 0 ? mel_of(static_cast<float>(spec.low_hz)) : layout.centres[s - 1];
    for (int i = 0; i < layout.lines[s]; ++i) {
        const float mel = mel_of(static_cast<float>(layout.first[s] + i) * hz_per_line(spec));
        const float weight = (layout.centres[s] - mel) / (layout.centres[s] - from);
        const auto at = static_cast<std::size_t>(layout.weight_starts[s] + layout.first[s] -
                                                 layout.aligned[s] + i);
        tables.weights[at] = static_cast<std::int16_t>(weight * 4096.0F);
        tables.unweights[at] = static_cast<std::int16_t>((1.0F - weight) * 4096.0F);
    }
}

}  // namespace detail

/// The tables of `Spec`, sized to fit.
template <MelSpec Spec>
consteval auto mel_tables() {
    constexpr auto kStretches = static_cast<std::size_t>(Spec.channels + 1);
    constexpr auto kLayout = detail::mel_layout<kStretches>(Spec);
    static_assert(kLayout.end_line <= Spec.spectrum_size,
                  "high_hz lies above half the sample rate");
    MelTables<kStretches, static_cast<std::size_t>(kLayout.weights)> tables;
    for (std::size_t s = 0; s < kStretches; ++s) {
        tables.frequency_starts[s] = static_cast<std::int16_t>(kLayout.aligned[s]);
        tables.weight_starts[s] = static_cast<std::int16_t>(kLayout.weight_starts[s]);
        tables.widths[s] = static_cast<std::int16_t>(kLayout.widths[s]);
        detail::fill_stretch(Spec, kLayout, s, tables);
    }
    tables.first_line = static_cast<std::uint32_t>(kLayout.first_line);
    tables.end_line = static_cast<std::uint32_t>(kLayout.end_line);
    return tables;
}

}  // namespace verge::signal
