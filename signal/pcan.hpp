#pragma once
// Per-channel amplitude normalisation (PCAN): each channel is divided by a power of its noise
// estimate, so that loud and quiet rooms look alike. The power comes from a table of parabolas, one
// per octave.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "signal/constant_math.hpp"

namespace verge::signal {

inline constexpr std::size_t kGainTableSize = 125;
using GainTable = std::array<std::int16_t, kGainTableSize>;

/// What gain table a front end wants: gain(x) = 2^gain_bits * (x / 2^input_bits + offset)^-strength
/// with x the noise estimate; input_bits = smoothing_bits - input_correction_bits.
struct GainSpec {
    float strength;
    float offset;
    int gain_bits;
    int input_bits;
};

/// gain(x) by the table of kGainTableSize entries.
[[nodiscard]] std::int16_t gain_of(std::uint32_t x, std::span<const std::int16_t> table) noexcept;

/// output[i] = shrink((input[i] * gain_of(noise[i])) >> snr_shift), where shrink(s) = s^2 / 4 below
/// 2 and s - 1 above; s has 12 fractional bits, the output 6. The operator SignalPCAN (attribute
/// `snr_shift`). input and output may be the same memory.
void normalise_amplitude(std::span<const std::uint32_t> input,
                         std::span<const std::uint32_t> noise,
                         std::span<const std::int16_t> table,
                         int snr_shift,
                         std::span<std::uint32_t> output) noexcept;

namespace detail {

consteval std::int16_t exact_gain(const GainSpec& spec, std::uint32_t x) {
    const float scaled = static_cast<float>(x) / static_cast<float>(1U << spec.input_bits);
    const auto power = static_cast<float>(constant::power(static_cast<double>(scaled + spec.offset),
                                                          -static_cast<double>(spec.strength)));
    const float gain = static_cast<float>(1U << spec.gain_bits) * power;
    return static_cast<std::int16_t>(gain > 32767.0F ? 32767.0F : gain + 0.5F);
}

}  // namespace detail

/// The table: gain(0), gain(1), then for each octave the parabola through its start, middle and end
/// as (start, slope, curve, unused).
consteval GainTable gain_table(const GainSpec& spec) {
    GainTable table{};
    table[0] = detail::exact_gain(spec, 0);
    table[1] = detail::exact_gain(spec, 1);
    for (std::size_t octave = 1; octave < 32; ++octave) {
        const std::uint32_t start = 1U << octave;
        const std::uint32_t end = octave == 31 ? UINT32_MAX : 2 * start;
        const int at_start = detail::exact_gain(spec, start);
        const int to_middle = detail::exact_gain(spec, start + start / 2) - at_start;
        const int to_end = detail::exact_gain(spec, end) - at_start;
        const int slope = 4 * to_middle - to_end;
        table[4 * octave - 2] = static_cast<std::int16_t>(at_start);
        table[4 * octave - 1] = static_cast<std::int16_t>(slope);
        table[4 * octave] = static_cast<std::int16_t>(to_end - slope);
    }
    return table;
}

}  // namespace verge::signal
