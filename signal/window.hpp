#pragma once
// The window of a short-time spectrum: each sample times a weight, in integers; and the Hann
// weights.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "signal/constant_math.hpp"

namespace verge::signal {

/// output[i] = saturate16((input[i] * window[i mod n]) >> shift), n = window.size(). The operator
/// SignalWindow (attribute `shift`): input holds one or more frames of n samples, output as many.
/// input and output may be the same memory. Precondition: 0 <= shift < 32, n > 0.
void apply_window(std::span<const std::int16_t> input,
                  std::span<const std::int16_t> window,
                  int shift,
                  std::span<std::int16_t> output) noexcept;

/// The same for one frame and a symmetric window of which only the first half is stored:
/// input.size() = 2 * half.size().
void apply_symmetric_window(std::span<const std::int16_t> input,
                            std::span<const std::int16_t> half,
                            int shift,
                            std::span<std::int16_t> output) noexcept;

/// The first half of a Hann window of `Length` samples (even) taken between the grid points, scaled
/// by 2^bits: round(2^bits * sin^2(pi (i + 1/2) / Length)). It is what the micro_speech
/// preprocessor holds.
template <std::size_t Length>
consteval std::array<std::int16_t, Length / 2> hann_half(int bits) {
    static_assert(Length % 2 == 0);
    std::array<std::int16_t, Length / 2> half{};
    for (std::size_t i = 0; i < half.size(); ++i) {
        const double s = constant::sine(constant::kPi * (static_cast<double>(i) + 0.5) / Length);
        half[i] = static_cast<std::int16_t>(constant::nearest((1 << bits) * s * s));
    }
    return half;
}

/// The first half and the middle of a Hann window of period `Length` (even), scaled by 32767:
/// round(32767 sin^2(pi i / Length)), i = 0..Length/2. Weight i is entry min(i, Length - i).
template <std::size_t Length>
consteval std::array<std::int16_t, Length / 2 + 1> periodic_hann_half() {
    static_assert(Length % 2 == 0);
    std::array<std::int16_t, Length / 2 + 1> half{};
    for (std::size_t i = 0; i < half.size(); ++i) {
        const double s = constant::sine(constant::kPi * static_cast<double>(i) / Length);
        half[i] = static_cast<std::int16_t>(constant::nearest(32767 * s * s));
    }
    return half;
}

/// The first half of a symmetric Hamming window of `Length` samples (even), scaled by 32767:
/// 0.54 - 0.46 cos(2 pi i / (Length - 1)). Weight i is entry min(i, Length - 1 - i).
template <std::size_t Length>
consteval std::array<std::int16_t, Length / 2> hamming_half() {
    static_assert(Length % 2 == 0);
    std::array<std::int16_t, Length / 2> half{};
    for (std::size_t i = 0; i < half.size(); ++i) {
        const double s = constant::sine(constant::kPi * static_cast<double>(i) / (Length - 1));
        half[i] = static_cast<std::int16_t>(constant::nearest(32767 * (0.08 + 0.92 * s * s)));
    }
    return half;
}

}  // namespace verge::signal
