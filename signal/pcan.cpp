// Per-channel amplitude normalisation in integers.

#include "signal/pcan.hpp"

#include <bit>

namespace verge::signal {
namespace {

constexpr int kSnrBits = 12;
constexpr int kOutputBits = 6;

std::uint32_t shrink(std::uint32_t snr) {
    if (snr < (2U << kSnrBits)) {
        return (snr * snr) >> (2 + 2 * kSnrBits - kOutputBits);
    }
    return (snr >> (kSnrBits - kOutputBits)) - (1U << kOutputBits);
}

}  // namespace

std::int16_t gain_of(std::uint32_t x, std::span<const std::int16_t> table) noexcept {
    if (x <= 2) {
        return table[x];
    }
    const int octave = static_cast<int>(std::bit_width(x)) - 1;
    const std::int16_t* parabola = table.data() + 4 * octave - 2;
    // The ten bits below the leading one: how far into the octave x lies.
    const std::uint32_t part = (octave < 10 ? x << (10 - octave) : x >> (octave - 10)) & 0x3FF;
    const auto along = static_cast<std::int32_t>(part);
    const std::int32_t rise = ((parabola[2] * along) >> 5) + parabola[1] * 32;
    return static_cast<std::int16_t>(parabola[0] + ((rise * along + (1 << 14)) >> 15));
}

void normalise_amplitude(std::span<const std::uint32_t> input,
                         std::span<const std::uint32_t> noise,
                         std::span<const std::int16_t> table,
                         int snr_shift,
                         std::span<std::uint32_t> output) noexcept {
    for (std::size_t i = 0; i < input.size(); ++i) {
        const auto gain = static_cast<std::uint32_t>(gain_of(noise[i], table));
        const std::uint64_t product = std::uint64_t{input[i]} * gain;
        output[i] = shrink(static_cast<std::uint32_t>(product >> snr_shift));
    }
}

}  // namespace verge::signal
